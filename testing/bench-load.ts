import { pipeline } from "node:stream/promises"
import { Readable } from "node:stream"
import pg from "pg"
import { from as copyFrom } from "pg-copy-streams"
import { REBUILD_COUNTS } from "@/db/statements/counts"
import { leafHash } from "@/db/statements/log"
import { leafBytes } from "@/domain/audit/event"
import { canonical } from "@/domain/core/canonical"
import { BLANK, known } from "@/domain/core/answer"
import { makeId, type Id, type IdKind } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { addDays, day, type Day } from "@/domain/core/day"
import type { BodyOf, RecordKind, Standing } from "@/domain/records/kinds"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { rowTable } from "@/domain/records/project"
import { refsOf } from "@/domain/records/refer"
import { listRow } from "@/usecases/requests/in-force"
import { sha256 } from "@/usecases/requests/revision"
import { randomFrom } from "@/domain/sample/random"
import { askedFor, type Asked, type Askers } from "./bench-asked"
import { typedParty } from "./bodies"
import { aGround, aLine, OPEN, typedAgreement, typedSharing } from "./flow"

export type Size = { parties: number; sharings: number; agreements: number; events: number }
export const SIZES: Record<string, Size> = {
  small: { parties: 2_000, sharings: 10_000, agreements: 2_000, events: 20_000 },
  mid: { parties: 10_000, sharings: 100_000, agreements: 20_000, events: 200_000 },
  third: { parties: 33_000, sharings: 333_000, agreements: 67_000, events: 667_000 },
  big: { parties: 100_000, sharings: 1_000_000, agreements: 200_000, events: 2_000_000 },
}

const BATCH = 2_000
const COUNTRIES = ["DE", "FR", "IE", "NL", "PL", "ES", "IT", "SE", "US", "IN", "JP", "SG"] as const
const PARTY_KINDS = ["processor", "processor", "partner", "affiliate"] as const
const GROUNDS = ["consent", "partner", "affiliate", "statute"] as const

export type Made = {
  kind: RecordKind
  id: string
  standing: Standing
  body: BodyOf[RecordKind]
  /** Coverage, paper, blocking and warning days of a sharing, as the checks would write them. */
  days: readonly [string, string, string, string]
}
/** Whom no session is: what is restricted to them is there and seen by nobody. */
const NOBODY = makeId("person", 1_600_000_000_000, new Uint8Array(10))
/** What a record says of itself where the checks say nothing of it. */
export const PLAIN = { standing: "approved" as Standing, days: ["{}", "{}", "{}", "{}"] as const }

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
export function* madeRecords(size: Size, entityIds: readonly Id<"entity">[]): Generator<Made> {
  const newId = idMaker()
  const random = randomFrom(7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const parties: Id<"party">[] = []
  for (let i = 0; i < size.parties; i += 1) {
    const id = newId("party")
    parties.push(id)
    yield { kind: "party", id, body: aParty(i, pick), ...PLAIN }
  }
  const perAgreement = Math.max(1, Math.floor(size.sharings / size.agreements))
  let waiting: Id<"sharing">[] = []
  for (let i = 0; i < size.sharings; i += 1) {
    const paper = Math.floor(i / perAgreement)
    const entityId = entityIds[paper % entityIds.length] as Id<"entity">
    // The first party is the heaviest: every hundredth flow is its own.
    const partyId = (i % 100 === 0 ? parties[0] : parties[paper % parties.length]) as Id<"party">
    const id = newId("sharing")
    yield { kind: "sharing", id, ...aFlow(i, { entityId, partyId }, pick, random) }
    waiting.push(id)
    if (waiting.length === perAgreement) {
      const made = typedAgreement({ entityId, partyId }, waiting, {
        endsOn: known(daysOn(60 + ((paper * 37) % 900))),
        // Two of three renew of themselves; every third has somebody who sees to it.
        renewal: known({ way: paper % 3 === 0 ? "express" : "tacit", months: 12, noticeMonths: paper % 4 }),
        owner: paper % 3 === 1 ? known(`Owner ${paper % 40}`) : BLANK,
        // One in two hundred stands between two of our companies.
        furtherEntities: paper % 200 === 7 ? [entityIds[(paper + 1) % entityIds.length] as Id<"entity">] : [],
      })
      yield { kind: "agreement", id: newId("agreement"), body: { ...made, signatories: [] }, ...PLAIN }
      waiting = []
    }
  }
}

type Picker = <T>(list: readonly T[]) => T

function aParty(i: number, pick: Picker): BodyOf["party"] {
  const legalName = `${pick(["Harbour", "Meadow", "Copper", "Lantern", "Otter"])} ${pick(["Cloud", "Parcel", "Mail", "Works", "Data"])} ${i} Ltd`
  return typedParty({
    ...{ legalName, country: known(pick(COUNTRIES)), contacts: [], notes: { state: "blank" } },
    kinds: [{ kind: pick(PARTY_KINDS), ...OPEN }],
    restrictedTo: i % 997 === 996 ? [NOBODY] : null,
  })
}

/** A flow of any mode, standing, destination and coverage; one in a thousand is restricted to somebody else. */
function aFlow(
  i: number,
  between: { entityId: Id<"entity">; partyId: Id<"party"> },
  pick: Picker,
  random: () => number,
): { body: BodyOf["sharing"]; standing: Standing; days: Made["days"] } {
  const mode = pick(["entrust", "entrust", "share", "transfer"] as const)
  const kinds = DATA_KINDS.slice(i % 17, (i % 17) + 1 + (i % 3))
  const where = [...new Set([pick(COUNTRIES), ...(i % 4 === 0 ? [pick(COUNTRIES)] : [])])]
  const covered = random()
  const from = daysOn(-400 + Math.floor(random() * 300))
  const to = covered < 0.7 ? daysOn(200 + (i % 700)) : covered < 0.85 ? daysOn(i % 90) : daysOn(-(i % 90))
  const standing = i % 20 === 7 ? "discovered" : i % 20 === 11 ? "ended" : "approved"
  return {
    standing,
    days: [
      `{[${from},${to})}`,
      `{[${from},${to})}`,
      standing === "discovered" || covered >= 0.97 ? `{[${from},)}` : "{}",
      i % 7 === 0 ? `{[${from},)}` : "{}",
    ],
    body: typedSharing(between, {
      mode,
      title: `${pick(["Orders", "Accounts", "Tickets", "Devices", "Invoices"])} flow ${i}`,
      role: known(mode === "entrust" ? "processor" : "controller"),
      grounds: mode === "entrust" ? [] : [aGround(pick(GROUNDS))],
      dataLines: known(kinds.map(({ code }) => aLine(code, { necessity: { state: "blank" } }))),
      destinations: known(where.map((country) => ({ country, kind: "storage", mechanisms: [], ...OPEN }))),
      restrictedTo: i % 1009 === 1008 ? [NOBODY] : null,
    }),
  }
}

/** A day of the register's own calendar: so many days from the first of 2027. */
function daysOn(days: number): Day {
  return addDays(day("2027-01-01"), days)
}

/** Loads a register of the size through COPY, as the owner of an empty, migrated database; the log is appended for real. */
export async function loadBench(
  ownerUrl: string,
  size: Size,
  on: { entityIds: readonly Id<"entity">[]; requestId: string; askers?: Askers },
  records: Iterable<Made> = madeRecords(size, on.entityIds),
): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  // What is loaded is sound by its making: references are not looked up again, and indexes are made at the end.
  await client.query("set session_replication_role = replica; set synchronous_commit = off")
  const indexes = await dropIndexes(client)
  let batch: Made[] = []
  let events = 0
  const flush = async (): Promise<void> => {
    events += await writeBatch(client, batch, on)
    batch = []
  }
  for (const made of records) {
    batch.push(made)
    if (batch.length >= BATCH) await flush()
  }
  await flush()
  while (events < size.events) events += await moreEvents(client, Math.min(BATCH, size.events - events))
  await client.query("set maintenance_work_mem = '512MB'")
  for (const index of indexes) await client.query(index)
  await client.query(`update party_rows p set sharing_count = s.n from (select party_id, count(*) as n from sharing_rows where standing <> 'ended' group by 1) s
    where s.party_id = p.record_id`)
  await client.query("delete from record_counts")
  await client.query(REBUILD_COUNTS)
  await client.query("vacuum analyze")
  await client.end()
}

/** Takes the indexes of the list rows away; gives the statements that make them again. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; made: string }>(
    `select indexname as name, indexdef as made from pg_indexes where schemaname = 'public'
      and tablename in ('party_rows', 'sharing_rows', 'agreement_rows') and indexname not like '%_pk' and indexname not like '%_pkey'`,
  )
  for (const { name } of rows) await client.query(`drop index ${client.escapeIdentifier(name)}`)
  return rows.map(({ made }) => made)
}

const ACTOR = { id: "operator", role: "operator", via: "cli" } as const

async function append(client: pg.Client, leaves: string[]): Promise<void> {
  await client.query("select log_append($1::text[], $2::text[]::bytea[])", [
    leaves,
    leaves.map((bytes) => `\\x${leafHash(bytes).toString("hex")}`),
  ])
}

type Opened = { size: number; at: Instant; origin: string }

async function openLog(client: pg.Client): Promise<Opened> {
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

async function writeBatch(
  client: pg.Client,
  batch: readonly Made[],
  on: { requestId: string; askers?: Askers },
): Promise<number> {
  if (batch.length === 0) return 0
  await client.query("begin")
  const opened = await openLog(client)
  const { leaves, items, tables } = on.askers
    ? askedFor(batch, on.askers, opened, ACTOR)
    : inOneRequest(batch, on.requestId, opened)
  await append(client, leaves)
  for (const [head, lines] of tables) await copy(client, head, lines)
  await copy(
    client,
    "records (id, kind)",
    batch.map((made) => [made.id, made.kind]),
  )
  await copy(
    client,
    "versions (record_id, n, kind, at, standing, body, body_hash, request_id, log_index)",
    items.map(({ made, body, requestId, index }) => [
      ...[made.id, 1, made.kind, opened.at, on.askers ? made.standing : "approved", body],
      ...[`\\x${sha256(body)}`, requestId, index],
    ]),
  )
  await copy(
    client,
    "version_refs (record_id, n, path, target_id)",
    batch.flatMap((made) => refsOf(made.kind, made.body as never).map((ref) => [made.id, 1, ref.path, ref.id])),
  )
  for (const table of ["party_rows", "sharing_rows", "agreement_rows"] as const) {
    const mine = batch.filter((made) => rowTable(made.kind) === table)
    const [first] = mine.map((made) => listRow(made.kind, made.id, 1, made.standing, made.body))
    if (!first) continue
    const columns = Object.keys(first.columns)
    const covered = table === "sharing_rows" ? ["coverage", "papered", "blocking", "warning"] : []
    const head = `${table} (record_id, n, from_at, until_at, standing, title, fold, search, restricted_to, ${[...columns, ...covered].join(", ")})`
    await copy(
      client,
      head,
      mine.map((made) => {
        const row = listRow(made.kind, made.id, 1, made.standing, made.body)
        return [
          ...[
            row.recordId,
            row.n,
            opened.at,
            "infinity",
            row.standing,
            row.title,
            row.fold,
            row.search,
            row.restrictedTo,
          ],
          ...columns.map((name) => row.columns[name] ?? null),
          ...(covered.length ? made.days : []),
        ]
      }),
    )
  }
  await client.query("commit")
  return leaves.length
}

/** The records as one request's, whose entries nobody asks for: what most benches read does not go by requests. */
function inOneRequest(batch: readonly Made[], requestId: string, at: Opened): Asked {
  const bodies = batch.map((made) => canonical(made.body))
  const leaves = batch.map((made, i) =>
    leafBytes(
      {
        act: "record.in-force",
        request: requestId,
        objects: [{ type: made.kind, id: made.id, version: 1 }],
        after: { version: 1, standing: made.standing, sha256: sha256(bodies[i] as string) },
      },
      { at: at.at, origin: at.origin, actor: ACTOR, index: at.size + i },
    ),
  )
  const items = batch.map((made, i) => ({ made, body: bodies[i] as string, requestId, index: at.size + i }))
  return { leaves, items, tables: [] }
}

/** A value of a row. */
export type Cell = string | number | boolean | string[] | null

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
