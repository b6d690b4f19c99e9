import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import { readableFiles } from "@/usecases/files/read-file"
import type { Actor } from "@/usecases/scene"
import { metadataOnly } from "./readable"
import type { LogLine } from "./read-log"

const LOOK = "signature.look"

/**
 * Log lines without what was found in files that this reader may not read: a look at signatures names bytes and no record, so
 * whoever holds a copy of a paper would learn from its hash that it lies here, and how it stands.
 */
export async function withoutForeignLooks(tx: Tx, lines: readonly LogLine[], actor: Actor): Promise<LogLine[]> {
  const hashes = new Map(
    lines.flatMap((line) => (line.act === LOOK && line.bytes !== "" ? [[line.index, hashIn(line)] as const] : [])),
  )
  if (hashes.size === 0) return [...lines]
  const seen = metadataOnly(actor) ? new Set<string>() : await readableHashes(tx, [...hashes.values()], actor)
  return lines.map((line) => {
    const sha256 = hashes.get(line.index)
    return sha256 === undefined || seen.has(sha256) ? line : { ...line, bytes: "" }
  })
}

function hashIn({ bytes }: LogLine): string {
  const { after } = JSON.parse(bytes) as { after?: { sha256?: string } }
  return after?.sha256 ?? ""
}

async function readableHashes(tx: Tx, hashes: readonly string[], actor: Actor): Promise<Set<string>> {
  const held = await rows<{ id: string }>(
    tx,
    sql`select id from files where sha256 = any(${textArray([...new Set(hashes)])}::text[])`,
  )
  const ids = held.map((one) => one.id)
  return new Set((await readableFiles(tx, ids, actor)).map((one) => one.sha256))
}
