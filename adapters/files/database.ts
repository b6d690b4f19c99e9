import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import type { FileKeys } from "./keys"
import { faultOf, holding, isHash, sealing } from "./measure"
import { FileFault, keyIdOf, opened, openedStream, openHeader, recordsOf, sealedStream, type Opened } from "./seal"
import { secretsOf } from "./secrets"
import { layNow, type FileStore, type Runs, type Staged } from "./store"

/** How many records go to or come from the database at once: a megabyte. */
const AT_ONCE = 16

type Blob = { blob: string; header: Buffer }

/**
 * Files in PostgreSQL, where every instance of the app can read them: records in rows of their own, and one row that
 * puts them in their place. Of early landings also whole in `file_bytes`, not sealed. `folder` is for what lies on the
 * disk for a moment.
 */
export function databaseStore(db: Runs, folder: string, keys: FileKeys): FileStore {
  const one = async <T>(statement: ReturnType<typeof sql>): Promise<T | null> =>
    ((await db.execute(statement)).rows[0] as T | undefined) ?? null

  const stage = async (source: AsyncIterable<Uint8Array>): Promise<Staged> => {
    const blob = randomBytes(16).toString("hex")
    let held: Buffer[] = []
    let n = 0
    const flush = async (): Promise<void> => {
      if (held.length === 0) return
      const lines = held.map((record, i) => sql`(${blob}, ${n - held.length + i}, ${record})`)
      await db.execute(sql`insert into file_chunks (blob, n, bytes) values ${sql.join(lines, sql`, `)}`)
      held = []
    }
    try {
      const { header, ...measured } = await sealing(source, keys.current(), async (record) => {
        held.push(record)
        n += 1
        if (held.length >= AT_ONCE) await flush()
      })
      await flush()
      return { place: `${blob}:${header.toString("base64url")}`, ...measured }
    } catch (problem) {
      await drop(blob).catch(() => undefined)
      throw problem
    }
  }

  const drop = async (blob: string): Promise<void> => {
    await db.execute(sql`delete from file_chunks where blob = ${blob}`)
  }

  const records = (blob: string) =>
    async function* (first: number, last: number): AsyncGenerator<Buffer> {
      for (let from = first; from <= last; from += AT_ONCE) {
        const until = Math.min(last, from + AT_ONCE - 1)
        const found = await db.execute(
          sql`select n, bytes from file_chunks where blob = ${blob} and n between ${from} and ${until} order by n`,
        )
        let n = from
        for (const row of found.rows as { n: number; bytes: Buffer }[]) {
          if (Number(row.n) !== n) throw new FileFault("truncated")
          n += 1
          yield row.bytes
        }
        if (n <= until) throw new FileFault("truncated")
      }
    }

  const sealedAt = async (sha256: string): Promise<(Blob & { file: Opened }) | null> => {
    const found = await one<Blob>(sql`select blob, header from file_blobs where sha256 = ${sha256}`)
    if (!found) return null
    const file = openHeader(found.header, keys, sha256)
    const held = await one<{ n: number }>(sql`select count(*)::int as n from file_chunks where blob = ${found.blob}`)
    const n = Number(held?.n ?? 0)
    if (n !== recordsOf(file.size)) throw new FileFault(n < recordsOf(file.size) ? "truncated" : "altered")
    return { ...found, file }
  }

  const plainBytes = async (sha256: string): Promise<Buffer | null> => {
    const found = await one<{ bytes: Buffer }>(sql`select bytes from file_bytes where sha256 = ${sha256}`)
    if (!found) return null
    const fault = await faultOf(() => holding(Readable.from([found.bytes]) as AsyncIterable<Buffer>, sha256))
    if (fault) throw fault
    return found.bytes
  }

  const read: FileStore["read"] = async (sha256, range) => {
    const found = await sealedAt(sha256)
    if (found) return Readable.from(opened(found.file, range, records(found.blob)), { objectMode: false })
    const bytes = await plainBytes(sha256)
    return bytes ? Readable.from([range ? bytes.subarray(range.from, range.to + 1) : bytes]) : null
  }

  /**
   * Puts a staged file in its place, in one statement. The same bytes may stand there already: what was just sealed is known
   * to be whole, and the records of before are still read by who began to; they are swept later.
   */
  const keep = async ({ sha256, place }: Staged, tx: Runs = db): Promise<void> => {
    const { blob, header } = blobOf(place)
    await tx.execute(
      sql`with plain as (delete from file_bytes where sha256 = ${sha256})
        insert into file_blobs (sha256, blob, key_id, header) values (${sha256}, ${blob}, ${keyIdOf(header) ?? ""}, ${header})
        on conflict (sha256) do update set blob = excluded.blob, key_id = excluded.key_id, header = excluded.header`,
    )
  }

  return {
    stage,
    staged: ({ sha256, place }) => {
      const { blob, header } = blobOf(place)
      const file = openHeader(header, keys, sha256)
      return Readable.from(opened(file, undefined, records(blob)), { objectMode: false })
    },
    keep,
    discard: ({ place }) => drop(blobOf(place).blob),
    read,
    has: async (sha256) =>
      (await one(
        sql`select 1 from file_blobs where sha256 = ${sha256} union all select 1 from file_bytes where sha256 = ${sha256}`,
      )) !== null,
    list: async function* () {
      for (let after = ""; ;) {
        const found = await db.execute(
          sql`select sha256, bool_or(sealed) as sealed from (
              (select sha256, true as sealed from file_blobs where sha256 > ${after} order by 1 limit 500)
              union all (select sha256, false from file_bytes where sha256 > ${after} order by 1 limit 500)) f
            group by 1 order by 1 limit 500`,
        )
        const rows = found.rows as { sha256: string; sealed: boolean }[]
        yield* rows
        if (rows.length < 500) return
        after = rows.at(-1)?.sha256 ?? ""
      }
    },
    check: async (sha256) => {
      try {
        const stream = await read(sha256)
        return stream ? await faultOf(() => holding(stream as AsyncIterable<Buffer>, sha256)) : new FileFault("missing")
      } catch (problem) {
        if (problem instanceof FileFault) return problem
        throw problem
      }
    },
    reseal: async (sha256, laying = layNow) => {
      const stands = await one<{ key_id: string }>(sql`select key_id from file_blobs where sha256 = ${sha256}`)
      if (stands?.key_id === keys.current().id) return false
      const stream = await read(sha256)
      if (!stream) throw new FileFault("missing")
      const staged = await stage(holding(stream as AsyncIterable<Buffer>, sha256))
      let laid = false
      try {
        laid = await laying(() => keep(staged))
      } finally {
        if (!laid) await drop(blobOf(staged.place).blob)
      }
      return laid
    },
    sealedBytes: async (sha256) => {
      const found = await sealedAt(sha256)
      if (found)
        return (async function* () {
          yield found.header
          yield* records(found.blob)(0, recordsOf(found.file.size) - 1)
        })()
      const bytes = await plainBytes(sha256)
      const key = keys.current()
      return bytes ? sealedStream(Readable.from([bytes]), key, { sha256, size: bytes.length }) : null
    },
    opened: (sha256, sealed) => holding(openedStream(sealed, keys, sha256), sha256),
    laidAt: async (sha256) => {
      const found = await one<{ at: string | Date | null }>(
        sql`select max(c.at) as at from file_blobs b join file_chunks c on c.blob = b.blob where b.sha256 = ${sha256} and c.n = 0`,
      )
      return found?.at ? new Date(found.at) : null
    },
    remove: async (sha256) => {
      if (!isHash(sha256)) throw new Error("not a content hash")
      await db.execute(
        sql`with gone as (delete from file_blobs where sha256 = ${sha256} returning blob),
          plain as (delete from file_bytes where sha256 = ${sha256})
          delete from file_chunks where blob in (select blob from gone)`,
      )
    },
    strangeKey: async () => {
      const found = await db.execute(sql`select distinct key_id as id from file_blobs`)
      const ids = (found.rows as { id: string }[]).map(({ id }) => id)
      return ids.some((id) => keys.byId(id)) ? null : (ids[0] ?? null)
    },
    sweep: async (before) => {
      const gone = await db.execute(
        sql`delete from file_chunks c where c.at < ${before.toISOString()}::timestamptz
          and not exists (select 1 from file_blobs b where b.blob = c.blob) returning 1`,
      )
      return gone.rows.length
    },
    secrets: secretsOf(keys),
    temporary: () => join(folder, "incoming"),
  }
}

function blobOf(place: string): Blob {
  const [blob = "", header = ""] = place.split(":")
  return { blob, header: Buffer.from(header, "base64url") }
}
