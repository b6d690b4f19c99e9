import { z } from "zod"
import { addFolderFile, insertFolder, lineOfBytes, linesIn, ownFolder } from "@/db/statements/folders"
import { cut } from "@/domain/core/cut"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { idOf, text } from "@/domain/records/parts"
import { sniff } from "@/formats/sniff"
import { discard, putFile, type Received } from "@/usecases/files/put-file"
import { jot } from "@/usecases/jot"
import { newId, type Scene } from "@/usecases/scene"

/** Most files of one folder: as many as one person may send in a day. */
export const FOLDER_FILES = 500

/** Begins a folder of papers to be matched to agreements. It is this person's alone, and no part of the register. */
export const beginFolder = jot({
  name: "folder.match",
  input: z.strictObject({}),
  run: async (tx, { actor, scene }) => {
    const id = newId(scene, "folder")
    await insertFolder(tx, { id, byPerson: actor.id, at: scene.now })
    return good({ id: id as string })
  },
})

/** A line keeps a sentence alone: those that name something more are said without it. */
const PLAINLY: Readonly<Record<string, string>> = {
  "invalid.file-type": "folder.not-pdf",
  "invalid.file-too-large": "folder.too-large",
  "invalid.file-infected": "conflict.file-infected",
}
const plainly = (says: string): string => PLAINLY[says] ?? says

export type Added = { line: number; state: "waiting" | "refused" | "twice"; says: string | null }

/**
 * Lays a received file into a folder. What cannot be kept is a line as well, with its reason: one bad file refuses no others.
 * The same bytes twice are kept once.
 */
export async function addToFolder(
  scene: Scene,
  { folderId, name, received }: { folderId: string; name: string; received: Outcome<Received> },
): Promise<Outcome<Added>> {
  const may = scene.actor ? mayAct("folder.match", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!may.ok) {
    if (received?.ok) await discard(scene, received.value)
    return may
  }
  const called = cut(name.replace(/^.*[/\\]/, "").trim() || "file", 300)
  if (!received.ok) return addLine(scene, { folderId, name: called, refused: plainly(received.says) })
  const drop = (): Promise<void> => discard(scene, received.value)
  const before = await addLine(scene, { folderId, name: called, sha256: received.value.sha256 })
  // Null: there is room for it, and these bytes are new.
  if (!before.ok || before.value !== null) {
    await drop()
    return before as Outcome<Added>
  }
  const type = sniff(received.value.head, called)
  const kept =
    type.ok && type.value !== "pdf"
      ? refuse("invalid", "folder.not-pdf")
      : await putFile(scene, { name: called, use: "paper", received: received.value })
  if (!kept.ok) {
    await drop()
    return addLine(scene, { folderId, name: called, refused: plainly(kept.says) })
  }
  return addLine(scene, { folderId, name: kept.value.name, sha256: kept.value.sha256, fileId: kept.value.id })
}
addToFolder.actName = "folder.match" as const

type Line = { folderId: string; name: string; sha256?: string; fileId?: string; refused?: string }

const putLine = jot<Line, Added | null>({
  name: "folder.match",
  input: z.strictObject({
    folderId: idOf("folder"),
    name: text(300),
    sha256: z.string().length(64).optional(),
    fileId: idOf("file").optional(),
    refused: z.string().max(100).optional(),
  }) as unknown as z.ZodType<Line>,
  run: async (tx, { input, actor, scene }) => {
    const { folderId, name, sha256, fileId } = input
    const folder = await ownFolder(tx, folderId, actor.id, scene.now)
    if (!folder) return refuse("not-found", "not-found")
    const add = async (state: Added["state"], says: string | null): Promise<Outcome<Added>> => {
      const of = { name, fileId: state === "waiting" ? (fileId ?? null) : null, sha256: sha256 ?? null, state, says }
      const line = await addFolderFile(tx, folderId, of)
      return line > FOLDER_FILES ? refuse("conflict", "folder.full") : good({ line, state, says })
    }
    // Said before the bytes are kept: a folder that is full keeps none.
    if (!fileId && (await linesIn(tx, folderId)) >= FOLDER_FILES) return refuse("conflict", "folder.full")
    if (input.refused) return add("refused", input.refused)
    if (sha256 && (await lineOfBytes(tx, folderId, sha256)) !== null) return add("twice", "folder.twice")
    return fileId ? add("waiting", null) : good(null)
  },
})

function addLine(scene: Scene, line: Line): Promise<Outcome<Added>> {
  return putLine(scene, line) as Promise<Outcome<Added>>
}
