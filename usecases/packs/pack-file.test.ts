import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { rows } from "@/db/connect"
import type { Clause, Pack } from "@/domain/checks/types"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import { PACKS } from "@/domain/packs/all"
import { known } from "@/domain/core/answer"
import type { Instant } from "@/domain/core/instant"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { mechanism } from "@/testing/covered"
import { OPEN, typedSharing } from "@/testing/flow"
import { sceneFor } from "@/testing/people"
import { allAgree, aCast, must, type Cast } from "@/testing/requests"
import { followPacks, judgeWaiting } from "@/usecases/checks/judge-again"
import { listClauses } from "@/usecases/checks/list-findings"
import { readRecord } from "@/usecases/register/read-record"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId, OPERATOR, type Scene } from "@/usecases/scene"
import { doRuns, readRun } from "@/usecases/whatif/runs"
import { beginPack, editPack, type Begun } from "./draft-pack"
import { listOwnPacks } from "./list-own-packs"
import { checkPackFile, downloadPack, uploadPack } from "./pack-file"
import { readProposedPack } from "./read-proposed"
import { beginPackTry, tryPack } from "./try-pack"

let on: TestDatabase
let cast: Cast
let sharing: string
const today = (): Day => dayIn("UTC", clockNow())
const lawyer = (): Scene => sceneFor(on.db, cast.secondLegal)
const shipped = PACKS.find((pack) => pack.pack === "statement") as Pack

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(await draftRequest(scene, { title: "Found", kind: "discovered" }))
  const [party, id] = [newId(scene, "party"), newId(scene, "sharing")]
  const both = { requestId: draft.id, op: "create" as const, discovered: true }
  must(
    await saveProposal(scene, { ...both, kind: "party", recordId: party, body: typedParty({ legalName: "Kyoto KK" }) }),
  )
  const body = typedSharing(
    { entityId: cast.entityId as never, partyId: party },
    {
      ...{ startsOn: known(addDays(today(), -100)), endsOn: known(addDays(today(), 400)) },
      // No mechanism but adequacy, and none for Kenya.
      destinations: known([{ country: "KE", kind: "storage" as const, mechanisms: [mechanism("adequacy")], ...OPEN }]),
    },
  )
  must(await saveProposal(scene, { ...both, kind: "sharing", recordId: id, body }))
  must(await submitRequest(scene, { requestId: draft.id }))
  sharing = id
})
afterAll(() => on.drop())

const fileOf = (over: Record<string, unknown> = {}): string => {
  const { pack, scope, clauses } = shipped
  return JSON.stringify({ pack, version: "2", replaces: "1", effectiveFrom: today(), scope, clauses, ...over }, null, 2)
}
const faults = async (text: string) =>
  must(await checkPackFile(sceneFor(on.db, OPERATOR), { text })).faults.map((one) => ({
    ...one,
    at: text.split("\n")[one.line - 1],
  }))

async function approve(draft: Begun): Promise<void> {
  const done = must(await submitRequest(lawyer(), { requestId: draft.id }))
  must(
    await allAgree(on.db, cast, {
      requestId: draft.id,
      recordIds: [draft.recordId],
      hash: done.hash,
      stages: done.stages,
    }),
  )
  while ((await judgeWaiting({ db: on.db, now: clockNow() })) > 0);
}

describe("a file", () => {
  test("that is good becomes the draft of a request, and nothing else", async () => {
    expect(await faults(fileOf())).toEqual([])
    const draft = must(await uploadPack(lawyer(), { text: fileOf(), title: "By file" }))
    const page = must(await readProposedPack(lawyer(), { requestId: draft.id, recordId: draft.recordId }))
    expect(page).toMatchObject({ body: { title: "By file", version: "2", replaces: "1" }, faults: [], editing: true })
    expect(page.changes.every((one) => one.change === "same")).toBe(true)
    expect(await rows(on.db, sql`select 1 from versions where kind = 'pack'`)).toEqual([])
  })
  test.each([
    ["an unknown check", { clauses: [{ ...shipped.clauses[0], check: "runThis" }] }, "pack.check", "runThis"],
    [
      "two texts of a clause on one day",
      { clauses: [shipped.clauses[0], { ...shipped.clauses[0], effectiveFrom: "2020-01-01" }] },
      "pack.overlap",
      "2020-01-01",
    ],
    [
      "a country that does not exist",
      { facts: { adequacy: [{ regime: "EU", to: ["XX"], from: null, until: null, act: "a", certainty: "c" }] } },
      "pack.country",
      "{",
    ],
    ["a circle in what it replaces", { replaces: "2" }, "pack.cycle", "replaces"],
    ["a day before the version that counts", { effectiveFrom: "2020-01-01" }, "pack.earlier", "2020-01-01"],
    ["a scope of nobody's", { scope: { ...shipped.scope, regimes: ["EU"] } }, "pack.regimes", "regimes"],
  ])("with %s is refused whole, with its line and reason", async (_what, over, says, at) => {
    const found = await faults(fileOf(over))
    const fault = found.find((one) => one.says === says)
    expect(fault?.at, JSON.stringify(found)).toContain(at)
    const before = await rows(on.db, sql`select count(*) as n from requests`)
    const refused = await uploadPack(lawyer(), { text: fileOf(over) })
    expect(refused).toMatchObject({ ok: false, says: "pack.refused" })
    expect(!refused.ok && refused.fields?.some((field) => field.params?.line === String(fault?.line))).toBe(true)
    expect(await rows(on.db, sql`select count(*) as n from requests`)).toEqual(before)
  })
  test("that is no JSON says on which line it stops", async () => {
    expect(await faults('{\n "pack": "statement",\n oops }')).toMatchObject([{ line: 3, says: "pack.json" }])
  })
  test("of what counts now can be downloaded, and is good as it is", async () => {
    const { name, text } = must(await downloadPack(sceneFor(on.db, cast.requester), {}))
    expect(name).toBe("statement-2.json")
    expect(await faults(text)).toEqual([])
    const gdpr = must(await downloadPack(sceneFor(on.db, cast.requester), { pack: "gdpr" }))
    expect(await faults(gdpr.text)).toEqual([])
  })
  test("is taken from whoever may propose, and looked at for whoever may read clauses", async () => {
    expect(await uploadPack(sceneFor(on.db, cast.requester), { text: fileOf() })).toMatchObject({ code: "not-allowed" })
  })
})

describe("tried against the register", () => {
  let draft: Begun
  test("it says by clause which findings would appear and vanish, on which sharings, and writes nothing", async () => {
    draft = must(await uploadPack(lawyer(), { text: fileOf(), title: "Tried" }))
    const make = {
      ...{ do: "make", template: "never-shared", given: { modes: ["entrust"], kinds: ["device.id"] } },
      ...{ title: "Kept at home", duty: "", remedy: "Take it out.", severity: "warning" },
    }
    must(await editPack(lawyer(), { requestId: draft.id, recordId: draft.recordId, edit: make }))
    const standing = must(await readRecord(lawyer(), { id: sharing, asOf: null, on: null })).findings
    const lost = standing.find((one) => one.pack === "statement")?.clause ?? ""
    must(
      await editPack(lawyer(), { requestId: draft.id, recordId: draft.recordId, edit: { do: "retire", clause: lost } }),
    )
    const before = await rows(on.db, sql`select (select count(*) from versions) as v, (select size from log_head) as s`)
    const tried = must(await tryPack(lawyer(), { requestId: draft.id, recordId: draft.recordId }))
    expect(tried.summary?.clauses).toEqual(
      [
        { clause: "OWN-1", appear: 1, vanish: 0 },
        { clause: lost, appear: 0, vanish: 1 },
      ].sort((a, b) => (a.clause < b.clause ? -1 : 1)),
    )
    expect(tried.lines.map((line) => line.id)).toEqual([sharing])
    expect(
      await rows(on.db, sql`select (select count(*) from versions) as v, (select size from log_head) as s`),
    ).toEqual(before)
  })
  test("in the background it finds the same", async () => {
    const { runId } = must(await beginPackTry(lawyer(), { requestId: draft.id, recordId: draft.recordId }))
    expect(await doRuns(lawyer())).toBe(1)
    const run = must(await readRun(lawyer(), { runId }))
    const atOnce = must(await tryPack(lawyer(), { requestId: draft.id, recordId: draft.recordId }))
    expect(run).toMatchObject({ state: "done", summary: atOnce.summary })
  })
  test("a draft is tried by its author alone, and what comes true is what was tried", async () => {
    const other = sceneFor(on.db, cast.dpo)
    expect(await tryPack(other, { requestId: draft.id, recordId: draft.recordId })).toMatchObject({ code: "not-found" })
    const tried = must(await tryPack(lawyer(), { requestId: draft.id, recordId: draft.recordId }))
    const found = async () =>
      (
        await rows<{ clause: string }>(
          on.db,
          sql`select distinct clause from findings where record_id = ${sharing} and until_at = 'infinity' and (until_on is null or until_on > ${today()}::date)`,
        )
      ).map((one) => one.clause)
    const before = await found()
    await approve(draft)
    const after = await found()
    expect(after.filter((one) => !before.includes(one))).toEqual(tried.lines[0]?.findings.map((one) => one.clause))
    expect(before.filter((one) => !after.includes(one))).toEqual(tried.lines[0]?.gone?.map((one) => one.clause))
  })
})

test("the page lists what counts, and names the text that prevails for each company", async () => {
  const page = must(await listOwnPacks(sceneFor(on.db, cast.requester), {}))
  expect(page.texts).toMatchObject([{ title: "Tried", versions: [{ version: "2", state: "counts" }] }])
  expect(page.prevails).toMatchObject([{ entityId: cast.entityId, version: "2", title: "Tried" }])
  // The first file's draft is nobody's but its author's.
  expect(page.proposed).toEqual([])
  expect(must(await listOwnPacks(lawyer(), {})).proposed).toMatchObject([{ state: "draft", mine: true }])
})

test("every clause of our own stands in the list of all clauses, with its version and its days", async () => {
  const all = must(await listClauses(sceneFor(on.db, OPERATOR), {}))
  expect(all.find((one) => one.id === "OWN-1")).toMatchObject({
    pack: "statement",
    version: "2",
    check: "neverSent",
    effectiveFrom: today(),
    effectiveTo: null,
  })
  const before = all.filter((one) => one.id === "S-IV-2")
  expect(before.map((one) => [one.version, one.effectiveTo])).toEqual([
    ["1", today()],
    ["2", null],
  ])
})

test("a text for some has its flows looked at in its own interval, from its first day on and not before", async () => {
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(await draftRequest(scene, { title: "Bell", kind: "discovered" }))
  const id = newId(scene, "sharing")
  const [{ party } = { party: "" }] = await rows<{ party: string }>(
    on.db,
    sql`select record_id as party from party_rows where until_at = 'infinity'`,
  )
  const body = typedSharing(
    { entityId: cast.entityId as never, partyId: party as never },
    { products: known(["Bell"]), startsOn: known(today()), endsOn: { state: "not-applicable" } },
  )
  const both = { requestId: draft.id, op: "create" as const, discovered: true }
  must(await saveProposal(scene, { ...both, kind: "sharing", recordId: id, body }))
  must(await submitRequest(scene, { requestId: draft.id }))
  const months = async (): Promise<(number | null)[]> =>
    (
      await rows<{ length: number | null }>(
        on.db,
        sql`select distinct length from review_dues where record_id = ${id} and kind = 'necessity' and until_at = 'infinity'`,
      )
    ).map((one) => one.length)
  expect(await months()).toEqual([24])
  const clauses = shipped.clauses
    .filter((clause) => clause.check === "dataMinimal")
    .map((clause) => ({ ...clause, params: { ...clause.params, months: 6 } }))
  const scope = { ...shipped.scope, products: ["Bell"] }
  const text = fileOf({ version: "60", replaces: undefined, effectiveFrom: addDays(today(), 3), scope, clauses })
  await approve(must(await uploadPack(lawyer(), { text, title: "Bells" })))
  expect(await months()).toEqual([24])
  // The worker's round on the first day of the text.
  const then = clockNow().replace(/^[\d-]+/, addDays(today(), 3)) as Instant
  expect(await followPacks({ db: on.db, now: clockNow() })).toBe(false)
  expect(await followPacks({ db: on.db, now: then })).toBe(true)
  while ((await judgeWaiting({ db: on.db, now: then })) > 0);
  expect(await months()).toEqual([6])
})

const lawOf = (name: string): Pack & { clauses: Clause[] } =>
  PACKS.find((pack) => pack.pack === name) as Pack & { clauses: Clause[] }

/** The next version of a law as a file, with these facts in the place of the shipped ones. */
function lawFile(name: string, facts: Record<string, unknown>, over: Record<string, unknown> = {}): string {
  const { pack, scope, clauses, facts: shippedFacts } = lawOf(name)
  const all = { ...shippedFacts, ...facts }
  const body = { pack, version: "2", replaces: "1", effectiveFrom: today(), scope, clauses, facts: all, ...over }
  return JSON.stringify(body, null, 1)
}

describe("the next version of a law", () => {
  const line = { regime: "EU", from: null, until: null, act: "an act", certainty: "read" }
  const numbers = (ordinary: number): object => ({
    ...{ name: "free", ordinary, sensitive: 1, routes: [] },
  })
  const bands = { yearsBefore: 0, bands: [numbers(10)], exempt: [] }
  test.each([
    ["a country that does not exist", "gdpr", { adequacy: [{ ...line, to: ["XX"] }] }, {}, "pack.country"],
    [
      "a line that ends before it begins",
      "scc",
      {
        instruments: [{ ...line, mechanism: "bcr", newUntil: null, from: "2026-02-01", until: "2026-01-01" }],
      },
      {},
      "pack.days",
    ],
    ["a day that is none", "gdpr", { adequacy: [{ ...line, to: ["KE"], from: "2026-02-30" }] }, {}, "pack.days"],
    ["a law that nobody knows", "gdpr", { adequacy: [{ ...line, regime: "XY", to: ["KE"] }] }, {}, "pack.facts"],
    [
      "a condition that no party can have",
      "gdpr",
      { adequacy: [{ ...line, to: ["KE"], condition: "nice" }] },
      {},
      "pack.facts",
    ],
    [
      "a safeguard that nobody knows",
      "scc",
      { instruments: [{ ...line, mechanism: "magic", newUntil: null }] },
      {},
      "pack.facts",
    ],
    [
      "thresholds that fall",
      "cac",
      {
        bands: [{ ...line, ...bands, regime: "CN", bands: [numbers(10), numbers(5)] }],
      },
      {},
      "pack.parameter",
    ],
    [
      "two thresholds on one day",
      "cac",
      {
        bands: [
          { ...line, ...bands, regime: "CN" },
          { ...line, ...bands, regime: "CN", act: "another" },
        ],
      },
      {},
      "pack.overlap",
    ],
    ["a first day before the one that counts", "gdpr", {}, { effectiveFrom: "2020-01-01" }, "pack.earlier"],
    ["a version that replaces itself", "gdpr", {}, { replaces: "2" }, "pack.cycle"],
    [
      "facts for some companies alone",
      "gdpr",
      {},
      {
        scope: { regimes: ["EU"], entities: null, products: ["Eye"], subjects: null },
      },
      "pack.facts-scope",
    ],
  ] as [string, string, Record<string, unknown>, Record<string, unknown>, string][])(
    "with %s is refused whole, at its line",
    async (_what, name, facts, over, says) => {
      const text = lawFile(name, facts, over)
      const found = await faults(text)
      const fault = found.find((one) => one.says === says)
      expect(fault?.line, JSON.stringify(found)).toBeGreaterThan(1)
      expect(await uploadPack(lawyer(), { text })).toMatchObject({ ok: false, code: "invalid", says: "pack.refused" })
    },
  )
  test("is taken from legal and the DPO by the same door, and from nobody else", async () => {
    for (const actor of [cast.requester, cast.procurement])
      expect(await uploadPack(sceneFor(on.db, actor), { text: lawFile("uk", {}) })).toMatchObject({
        code: "not-allowed",
      })
    expect(await uploadPack(sceneFor(on.db, cast.dpo), { text: lawFile("uk", {}) })).toMatchObject({ ok: true })
  })
  test("can be written without a file: its clauses are the draft, and its facts of law go on", async () => {
    const everybody = { entities: null, products: null, subjects: null }
    const draft = must(await beginPack(lawyer(), { pack: "gdpr", title: "GDPR", effectiveFrom: today(), ...everybody }))
    const page = must(await readProposedPack(lawyer(), { requestId: draft.id, recordId: draft.recordId }))
    expect(page).toMatchObject({ body: { pack: "gdpr", replaces: "1", facts: "" }, facts: [], faults: [] })
    expect(page.changes.every((one) => one.change === "same")).toBe(true)
  })
})

test("facts of law come by the same way: a decision of adequacy in a next version covers from its day on", async () => {
  const gdpr = lawOf("gdpr")
  const covered = async (day: Day) => {
    const { coverage } = must(await readRecord(sceneFor(on.db, cast.dpo), { id: sharing, asOf: null, on: day }))
    return (coverage?.mechanism ?? []).some(
      ({ from, to }) => (from === null || from <= day) && (to === null || to > day),
    )
  }
  const from = addDays(today(), 20)
  expect(await covered(from)).toBe(false)
  const line = {
    regime: "EU",
    to: ["KE"],
    from,
    until: null,
    act: "a decision about Kenya",
    certainty: "read",
    known: today(),
  }
  const text = lawFile("gdpr", { adequacy: [...(gdpr.facts?.adequacy ?? []), line] })
  const draft = must(await uploadPack(lawyer(), { text, title: "GDPR with Kenya" }))
  const page = must(await readProposedPack(lawyer(), { requestId: draft.id, recordId: draft.recordId }))
  expect(page.facts).toEqual([{ kind: "adequacy", change: "new", before: null, after: line }])
  const tried = must(await tryPack(lawyer(), { requestId: draft.id, recordId: draft.recordId }))
  expect(tried.lines).toMatchObject([{ id: sharing, gone: [{ clause: "GDPR-45", from }] }])
  await approve(draft)
  expect(await covered(addDays(from, -1))).toBe(false)
  expect(await covered(from)).toBe(true)
})
