import { say } from "@/components/words/catalogue"
import { fileIdsOf } from "@/domain/records/advice"
import { filesNamed } from "@/domain/records/files-named"
import { heldFiles, type FileHeld } from "@/usecases/files/held"
import type { RequestPage } from "@/usecases/requests/read-request"
import type { Scene } from "@/usecases/scene"

type HeldIn = {
  files: { id: string; name: string }[]
  held: Record<string, FileHeld>
  /** Those in which the scanner found something and that no record in force names: a draft is not submitted with them. */
  refused: { id: string; name: string }[]
}

/** The files that a request names, and which of them nobody may read now. */
export async function heldInRequest(scene: Scene, page: RequestPage): Promise<HeldIn> {
  const files = page.proposals.flatMap((one) => filesNamed(one.body))
  const evidence = page.conditions.flatMap((one) => one.lastFiles.map((file) => file.id))
  const others = page.proposals.flatMap((one) => fileIdsOf(one.body))
  const held = await heldFiles(scene, [...others, ...evidence])
  const stand = new Map(page.bases.map((one) => [one.id as string, fileIdsOf(one.body)]))
  const refused = page.proposals.flatMap((one) =>
    fileIdsOf(one.body)
      .filter((id) => held[id] === "infected" && !stand.get(one.recordId)?.includes(id))
      .map((id) => files.find((file) => file.id === id) ?? { id, name: say("files.some-file") }),
  )
  return { files, held, refused }
}
