import { readFileSync } from "node:fs"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { lastDayOf } from "@/domain/agreements/rules-of"
import { known, NOT_APPLICABLE, unknown } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { sql } from "drizzle-orm"
import { typedParty } from "@/testing/bodies"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, type Cast } from "@/testing/requests"
import { newId } from "@/usecases/scene"

let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
}, 60_000)
afterAll(() => on.drop())

const open = { endsOn: NOT_APPLICABLE, initialMonths: NOT_APPLICABLE } as Partial<Agreement>
const months = (noticeMonths: number, over: object = {}) =>
  known({ way: "express", months: 0, noticeMonths, ...over }) as Agreement["renewal"]
const on31 = known("2026-01-31" as Day)
const PAPERS: [string, Partial<Agreement>][] = [
  ["nothing said", { ...open, noticeGivenOn: NOT_APPLICABLE }],
  ["days of ours", { ...open, noticeGivenOn: on31, noticeOurs: known(30), noticeTheirs: known(90) }],
  ["no days at all", { ...open, noticeGivenOn: on31, noticeOurs: known(0) }],
  [
    "days of theirs",
    { ...open, noticeGivenOn: on31, noticeGivenBy: known("party"), noticeOurs: known(30), noticeTheirs: known(90) },
  ],
  ["months, clamped", { ...open, noticeGivenOn: on31, noticeOurs: NOT_APPLICABLE, renewal: months(1) }],
  [
    "months of theirs, in a leap year",
    {
      ...open,
      noticeGivenOn: known("2027-11-30" as Day),
      noticeGivenBy: known("party"),
      noticeTheirs: unknown(),
      renewal: months(3),
    },
  ],
  ["neither days nor months", { ...open, noticeGivenOn: on31, noticeOurs: unknown(), renewal: NOT_APPLICABLE }],
  [
    "terminated before it ran",
    { ...open, noticeGivenOn: on31, noticeOurs: known(90), terminatedOn: known("2026-02-10" as Day) },
  ],
  [
    "terminated after",
    { ...open, noticeGivenOn: on31, noticeOurs: known(9), terminatedOn: known("2026-06-10" as Day) },
  ],
  [
    "terms that roll",
    {
      ...open,
      noticeGivenOn: on31,
      noticeOurs: known(9),
      effectOn: known("2025-03-15" as Day),
      renewal: months(0, { way: "tacit", months: 12 }),
    },
  ],
  [
    "a first term",
    {
      ...open,
      noticeGivenOn: on31,
      noticeOurs: known(9),
      effectOn: known("2025-03-15" as Day),
      initialMonths: known(24),
    },
  ],
  [
    "terms of which no day is known",
    { ...open, noticeGivenOn: on31, noticeOurs: known(9), effectOn: unknown(), initialMonths: known(24) },
  ],
  ["an end of its own", { ...open, endsOn: known("2027-01-31" as Day), noticeGivenOn: on31, noticeOurs: known(9) }],
]

test("the migration puts into rows written before what a row written today says: the last day to which notice runs", async () => {
  const at = sceneFor(on.db, cast.requester)
  const [partyId, sharingId] = [newId(at, "party"), newId(at, "sharing")]
  const between = { entityId: cast.entityId as Id<"entity">, partyId }
  await inForce(on.db, cast, "Papers", [
    { kind: "party", recordId: partyId, body: typedParty() },
    { kind: "sharing", recordId: sharingId, body: typedSharing(between, { endsOn: NOT_APPLICABLE }) },
    { kind: "assessment", body: typedAssessment(partyId, { validUntil: known("2099-01-01" as Day) }) },
    { kind: "agreement", body: typedAgreement(between, [sharingId], open) },
    ...PAPERS.map(([title, over]) => ({
      kind: "agreement" as const,
      body: typedAgreement(between, [], { title, ...over }),
    })),
  ])
  const stand = () =>
    rows<{ id: string; title: string; ends: string | null; body: string }>(
      on.db,
      sql`select r.record_id as id, r.title, r.ends_on as ends, v.body from agreement_rows r join versions v on v.record_id = r.record_id and v.n = r.n
        order by r.record_id`,
    )
  const today = await stand()
  for (const { title, ends, body } of today)
    expect([title, ends]).toEqual([title, lastDayOf(JSON.parse(body) as Agreement)])
  const client = new pg.Client({ connectionString: on.ownerUrl })
  await client.connect()
  try {
    // As rows were before it: only what the paper itself says, and its termination.
    await client.query(`update agreement_rows r set ends_on = null from versions v where v.record_id = r.record_id and v.n = r.n
      and v.body::jsonb #>> '{endsOn,state}' = 'not-applicable' and v.body::jsonb #>> '{terminatedOn,state}' <> 'known' and v.body::jsonb #>> '{initialMonths,state}' <> 'known'
      and v.body::jsonb #>> '{renewal,value,way}' is distinct from 'tacit'`)
    expect(await stand()).not.toEqual(today)
    const [, update = ""] = readFileSync("db/migrations/0039_papers_beside.sql", "utf8").split("-- by hand\n")
    await client.query(update)
    expect(await stand()).toEqual(today)
    expect((await client.query(update)).rowCount).toBe(0)
  } finally {
    await client.end()
  }
})
