import { heldRoles } from "@/db/statements/people"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import type { Outcome } from "@/domain/core/outcome"
import { takesOut } from "@/usecases/exports/mainland"
import { clockNow, type Scene } from "@/usecases/scene"
import { readLog, type LogLine, type LogPage } from "./read-log"

/** So many entries go out in one file. Narrower, by day, there is no end to what can be taken. */
export const MOST_EXPORTED = 100_000
const BATCH = 200

export type LogFormat = "csv" | "jsonl"

/**
 * The entries of a selection, newest first, as the reader may read them, page by page of the same look that shows them: JSONL of the
 * leaves' own bytes, so that each can be hashed, or CSV. What is withheld stands with its place and hash. The last line says where it was cut.
 */
export async function exportLog(
  scene: Scene,
  asked: Record<string, unknown>,
  format: LogFormat,
): Promise<Outcome<AsyncGenerator<string>>> {
  const stays = await takesOut(scene)
  if (stays) return stays
  const first = await readLog(scene, { ...asked, before: null, after: null, size: BATCH })
  return first.ok ? { ok: true, value: linesOf(scene, asked, format, first.value) } : first
}

async function* linesOf(
  scene: Scene,
  asked: Record<string, unknown>,
  format: LogFormat,
  first: LogPage,
): AsyncGenerator<string> {
  if (format === "csv") yield CSV_BEGINS + csvLine(HEAD)
  let [page, sent] = [first, 0]
  for (;;) {
    yield page.lines.map((line) => (format === "csv" ? csvOf(line, page) : jsonOf(line))).join("")
    sent += BATCH
    if (page.next === null) return
    if (sent >= MOST_EXPORTED) {
      const cut = { cut: true, before: page.next }
      return yield format === "csv" ? csvLine(["cut", String(page.next)]) : `${JSON.stringify(cut)}\n`
    }
    const next = await readLog(await asTheyAre(scene), { ...asked, before: page.next, after: null, size: BATCH })
    // A right that was taken away meanwhile ends the file, and so does an error: never as if it were whole.
    if (!next.ok) throw new Error(next.says)
    page = next.value
  }
}

/** The reader with the roles of this moment: a file may be fetched for as long as somebody likes. */
async function asTheyAre(scene: Scene): Promise<Scene> {
  const { actor } = scene
  if (actor?.kind !== "person") return scene
  const now = clockNow()
  return { ...scene, now, actor: { ...actor, held: await heldRoles(scene.db, actor.id, now) } }
}

const HEAD = ["index", "at", "who", "role", "via", "for", "act", "objects", "request", "hash", "leaf"]

function csvOf(line: LogLine, { names }: LogPage): string {
  const name = (id: string): string => names[id] ?? id
  const objects = line.objects.map((one) => (one.version ? `${one.id} v${one.version}` : one.id)).join("; ")
  return csvLine([
    ...[String(line.index), line.at, name(line.actorId), line.role, line.via, name(line.forId), line.act, objects],
    ...[line.requestId ?? "", line.hash, line.bytes],
  ])
}

function jsonOf(line: LogLine): string {
  return line.bytes === ""
    ? `${JSON.stringify({ index: line.index, at: line.at, hash: line.hash, withheld: true })}\n`
    : `${line.bytes}\n`
}
