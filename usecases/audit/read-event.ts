import { z } from "zod"
import { leafRow } from "@/db/statements/log"
import { checkpointOver } from "@/db/statements/tree"
import { memberDifference, type Member } from "@/domain/audit/members"
import type { Json } from "@/domain/core/canonical"
import { good, refuse } from "@/domain/core/outcome"
import { inclusionProof } from "@/usecases/log/proofs"
import { look } from "@/usecases/look"
import { namesOf } from "@/usecases/requests/named-by"
import { withoutForeignLooks } from "./looks-told"
import { lineOf, type LogLine } from "./read-log"
import { metadataOnly, readableObjects, titlesOf } from "./readable"
import { sealsFor, withSeals } from "./seals"

export type EventPage = {
  line: LogLine
  /** What it says was before and is after; empty where the reader gets none of its content. */
  members: Member[]
  /** What leads from its hash to the root that was signed; null: nothing was signed since. */
  proof: { size: number; at: string; path: string[] } | null
  names: Record<string, string>
  titles: Record<string, string>
}

/** One entry of the log with what it changed and the way to its proof. What a reader may not know has its place, its hash and its proof. */
export const readEvent = look<{ index: number }, EventPage>({
  name: "log.read",
  input: z.strictObject({ index: z.int().min(0).max(Number.MAX_SAFE_INTEGER) }),
  run: async (tx, { input: { index }, scope, actor, scene }) => {
    const leaf = await leafRow(tx, index)
    if (!leaf) return refuse("not-found", "not-found")
    const seals = await sealsFor(tx, actor, scene.now)
    const readable = await readableObjects(tx, withSeals([lineOf(leaf)], seals, scene.now), scope, actor)
    const [line] = await withoutForeignLooks(tx, readable, actor)
    if (!line) return refuse("not-found", "not-found")
    const body = line.bytes === "" || metadataOnly(actor) ? {} : (JSON.parse(line.bytes) as Sides)
    const members = memberDifference(body.before, body.after)
    const point = await checkpointOver(tx, index)
    const ids = [line.actorId, line.forId, ...line.objects.map((one) => one.id), ...idsIn(members)]
    return good({
      ...{ line, members },
      proof: point && {
        ...{ size: point.size, at: point.at },
        path: (await inclusionProof(tx, index, point.size)).map((hash) => Buffer.from(hash).toString("hex")),
      },
      names: await namesOf(tx, ids),
      titles: metadataOnly(actor)
        ? {}
        : await titlesOf(tx, [...line.objects.map((one) => one.id), ...(line.requestId ? [line.requestId] : [])]),
    })
  },
})

type Sides = { before?: Json; after?: Json }

/** Ids of people that its members name: a role that was given, somebody who was named. */
function idsIn(members: readonly Member[]): string[] {
  return members
    .flatMap((one) => [one.before, one.after])
    .flatMap((said) => (said && "text" in said && said.text.startsWith("psn_") ? [said.text] : []))
}
