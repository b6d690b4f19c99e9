import { pipeline } from "node:stream/promises"
import { Readable } from "node:stream"
import pg from "pg"
import { from as copyFrom } from "pg-copy-streams"
import { leafHash } from "@/db/statements/log"
import { leafBytes } from "@/domain/audit/event"
import { canonical } from "@/domain/core/canonical"
import { known } from "@/domain/core/answer"
import { makeId, type Id, type IdKind } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { rowTable } from "@/domain/records/project"
import { refsOf } from "@/domain/records/refer"
import { listRow } from "@/usecases/requests/in-force"
import { sha256 } from "@/usecases/requests/revision"
import { randomFrom } from "@/domain/sample/random"
import { typedParty } from "./bodies"
import { aLine, OPEN, typedAgreement, typedSharing } from "./flow"

export type Size = { parties: number; sharings: number; agreements: number; events: number }
export const SIZES: Record<string, Size> = {
  small: { parties: 2_000, sharings: 10_000, agreements: 2_000, events: 20_000 },
  big: { parties: 100_000, sharings: 1_000_000, agreements: 200_000, events: 2_000_000 },
}

const BATCH = 2_000
const COUNTRIES = ["DE", "FR", "IE", "NL", "PL", "ES", "IT", "SE"] as const
const KINDS = ["acct.identifier", "device.id", "contact.email", "order.number", "log.usage"] as const

export type Made = { kind: RecordKind; id: string; body: BodyOf[RecordKind] }

/** Ids that sort as they are made and are the same in every run. */
export function idMaker(): <K extends IdKind>(kind: K) => Id<K> {
  let n = 0
  return (kind) => {
    n += 1
    const random = new Uint8Array(10)
    new DataView(random.buffer).setUint32(4, n)
    return makeId(kind, 1_700_000_000_000 + n, random)
  }
}

/** The records of a register of the size, in an order in which each names only earlier ones. Always the same. */
export function* madeRecords(size: Size, entityId: Id<"entity">): Generator<Made> {
  const newId = idMaker()
  const random = randomFrom(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const parties: Id<"party">[] = []
  for (let i = 0; i < size.parties; i += 1) {
    const id = newId("party")
    parties.push(id)
    const legalName = `${pick(["Harbour", "Meadow", "Copper", "Lantern", "Otter"])} ${pick(["Cloud", "Parcel", "Mail", "Works", "Data"])} ${i} Ltd`
    yield {
      kind: "party",
      id,
      body: typedParty({ legalName, country: known(pick(COUNTRIES)), contacts: [], notes: { state: "blank" } }),
    }
  }
  const perAgreement = Math.max(1, Math.floor(size.sharings / size.agreements))
  let waiting: Id<"sharing">[] = []
  for (let i = 0; i < size.sharings; i += 1) {
    const id = newId("sharing")
    // The first party is the heaviest: every hundredth flow is its own.
    const partyId = (i % 100 === 0 ? parties[0] : parties[Math.floor(i / perAgreement) % parties.length]) as Id<"party">
    const body = typedSharing(
      { entityId, partyId },
      {
        title: `Flow ${i}`,
        dataLines: known([aLine(pick(KINDS), { necessity: { state: "blank" } })]),
        destinations: known([{ country: pick(COUNTRIES), kind: "storage", mechanisms: [], ...OPEN }]),
      },
    )
    yield { kind: "sharing", id, body }
    waiting.push(id)
    if (waiting.length === perAgreement) {
      const paper = typedAgreement({ entityId, partyId }, waiting)
      yield { kind: "agreement", id: newId("agreement"), body: { ...paper, files: [], signatories: [] } }
      waiting = []
    }
  }
}

/** Loads a register of the size through COPY, as the owner of an empty, migrated database; the log is appended for real. */
export async function loadBench(
  ownerUrl: string,
  size: Size,
  on: { entityId: Id<"entity">; requestId: string },
  records: Iterable<Made> = madeRecords(size, on.entityId),
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  let batch: Made[] = []
  let events = 0
  const flush = async (): Promise<void> => {
    events += await writeBatch(client, batch, on.requestId)
    batch = []
  }
  for (const made of records) {
    batch.push(made)
    if (batch.length >= BATCH) await flush()
  }
  await flush()
  while (events < size.events) events += await moreEvents(client, Math.min(BATCH, size.events - events))
  await client.query(`update party_rows p set sharing_count = s.n from (select party_id, count(*) as n from sharing_rows group by 1) s
    where s.party_id = p.record_id`)
  await client.query("analyze")
  await client.end()
}

const ACTOR = { id: "operator", role: "operator", via: "cli" } as const

async function append(client: pg.Client, leaves: string[]): Promise<void> {
  await client.query("select log_append($1::text[], $2::text[]::bytea[])", [
    leaves,
    leaves.map((bytes) => `\\x${leafHash(bytes).toString("hex")}`),
  ])
}

async function openLog(client: pg.Client): Promise<{ size: number; at: Instant; origin: string }> {
  const { rows } = await client.query<{ size: string; at: Date; origin: string }>(
    "select size, at, origin from log_open(null)",
  )
  const [row] = rows
  if (!row) throw new Error("the log has no head")
  return { size: Number(row.size), at: new Date(row.at).toISOString() as Instant, origin: row.origin }
}

/** Events without a record of their own, as sign-ins are. */
async function moreEvents(client: pg.Client, count: number): Promise<number> {
  await client.query("begin")
  const opened = await openLog(client)
  await append(
    client,
    Array.from({ length: count }, (_, i) =>
      leafBytes({ act: "session.begin", objects: [] }, { ...opened, index: opened.size + i, actor: ACTOR }),
    ),
  )
  await client.query("commit")
  return count
}

async function writeBatch(client: pg.Client, batch: readonly Made[], requestId: string): Promise<number> {
  if (batch.length === 0) return 0
  await client.query("begin")
  const opened = await openLog(client)
  const bodies = batch.map((made) => canonical(made.body))
  const place = { at: opened.at, origin: opened.origin, actor: ACTOR }
  await append(
    client,
    batch.map((made, i) =>
      leafBytes(
        {
          act: "record.in-force",
          request: requestId,
          objects: [{ type: made.kind, id: made.id, version: 1 }],
          after: { version: 1, standing: "approved", sha256: sha256(bodies[i] as string) },
        },
        { ...place, index: opened.size + i },
      ),
    ),
  )
  await copy(
    client,
    "records (id, kind)",
    batch.map((made) => [made.id, made.kind]),
  )
  await copy(
    client,
    "versions (record_id, n, kind, at, standing, body, body_hash, request_id, log_index)",
    batch.map((made, i) => [
      ...[made.id, 1, made.kind, opened.at, "approved", bodies[i] as string],
      ...[`\\x${sha256(bodies[i] as string)}`, requestId, opened.size + i],
    ]),
  )
  await copy(
    client,
    "version_refs (record_id, n, path, target_id)",
    batch.flatMap((made) => refsOf(made.kind, made.body as never).map((ref) => [made.id, 1, ref.path, ref.id])),
  )
  for (const table of ["party_rows", "sharing_rows", "agreement_rows"] as const) {
    const mine = batch.filter((made) => rowTable(made.kind) === table)
    const [first] = mine.map((made) => listRow(made.kind, made.id, 1, "approved", made.body))
    if (!first) continue
    const columns = Object.keys(first.columns)
    const covered = table === "sharing_rows" ? ["coverage", "papered", "blocking", "warning"] : []
    const head = `${table} (record_id, n, from_at, until_at, standing, title, fold, search, ${[...columns, ...covered].join(", ")})`
    await copy(
      client,
      head,
      mine.map((made) => {
        const row = listRow(made.kind, made.id, 1, "approved", made.body)
        return [
          ...[row.recordId, row.n, opened.at, "infinity", row.standing, row.title, row.fold, row.search],
          ...columns.map((name) => row.columns[name] ?? null),
          ...(covered.length ? ["{[2026-01-01,2027-01-01)}", "{[2026-01-01,2027-01-01)}", "{}", "{}"] : []),
        ]
      }),
    )
  }
  await client.query("commit")
  return batch.length
}

type Cell = string | number | boolean | string[] | null

async function copy(client: pg.Client, into: string, lines: readonly (readonly Cell[])[]): Promise<void> {
  if (lines.length === 0) return
  await pipeline(
    Readable.from(lines.map((line) => `${line.map(cell).join("\t")}\n`)),
    client.query(copyFrom(`copy ${into} from stdin`)),
  )
}

/** A cell of COPY's text format. */
function cell(value: Cell): string {
  if (value === null) return "\\N"
  const text = Array.isArray(value) ? `{${value.map((item) => JSON.stringify(item)).join(",")}}` : String(value)
  return text.replace(/\\/g, "\\\\").replace(/\t/g, "\\t").replace(/\n/g, "\\n").replace(/\r/g, "\\r")
}
