import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import { addDays, day, dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Edit } from "@/domain/packs/edit"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/flow"
import { anEntity, sceneFor } from "@/testing/people"
import { allAgree, aCast, must, type Cast, type Submitted } from "@/testing/requests"
import { judgeWaiting } from "@/usecases/checks/judge-again"
import { listFindings } from "@/usecases/checks/list-findings"
import { readBoard } from "@/usecases/promises/read-board"
import { readRecord } from "@/usecases/register/read-record"
import { bringUpToDate } from "@/usecases/requests/bring-up-to-date"
import { draftOfRecord, draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId, type Scene } from "@/usecases/scene"
import { beginPack, editPack, endPack, type Begun } from "./draft-pack"
import { listOwnPacks } from "./list-own-packs"
import { readProposedPack } from "./read-proposed"
import { tryPack } from "./try-pack"

let on: TestDatabase
let cast: Cast
let elsewhere: string
let sharing: string
let other: string
const today = (): Day => dayIn("UTC", clockNow())
const lawyer = (): Scene => sceneFor(on.db, cast.secondLegal)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  elsewhere = await anEntity(on.db)
  sharing = await found("Cloud of theirs", cast.entityId)
  other = await found("Cloud of the others", elsewhere)
})
afterAll(() => on.drop())

/** A flow found running. */
async function found(name: string, entityId: string): Promise<string> {
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(await draftRequest(scene, { title: name, kind: "discovered" }))
  const party = newId(scene, "party")
  const id = newId(scene, "sharing")
  const both = { requestId: draft.id, op: "create" as const, discovered: true }
  must(await saveProposal(scene, { ...both, kind: "party", recordId: party, body: typedParty({ legalName: name }) }))
  const runs = { startsOn: known(addDays(today(), -100)), endsOn: known(addDays(today(), 400)) }
  const body = typedSharing({ entityId: entityId as never, partyId: party }, runs)
  must(await saveProposal(scene, { ...both, kind: "sharing", recordId: id, body }))
  must(await submitRequest(scene, { requestId: draft.id }))
  return id
}

const EVERYBODY = { entities: null, products: null, subjects: null }
const begun = async (over: Record<string, unknown> = {}): Promise<Begun> =>
  must(await beginPack(lawyer(), { title: "Our statement", effectiveFrom: today(), ...EVERYBODY, ...over }))

const step = async (draft: Begun, edit: Edit) =>
  editPack(lawyer(), { requestId: draft.id, recordId: draft.recordId, edit })

/** Never sends such data to anybody: broken by every flow of these tests. */
const NEVER: Edit = {
  do: "make",
  template: "never-shared",
  given: { modes: ["entrust", "share"], kinds: ["device.id"] },
  ...{ title: "Kept at home", duty: "", remedy: "Take it out of the flow.", severity: "warning" },
}

async function submitted(draft: Begun): Promise<Submitted> {
  const done = must(await submitRequest(lawyer(), { requestId: draft.id }))
  return { requestId: draft.id, recordIds: [draft.recordId], hash: done.hash, stages: done.stages }
}

async function approved(draft: Begun): Promise<Instant> {
  must(await allAgree(on.db, cast, await submitted(draft)))
  while ((await judgeWaiting({ db: on.db, now: clockNow() })) > 0);
  return clockNow()
}

const clausesFound = async (id: string, at: { on?: Day; asOf?: Instant } = {}): Promise<string[]> => {
  const page = must(await readRecord(sceneFor(on.db, cast.dpo), { id, asOf: at.asOf ?? null, on: at.on ?? null }))
  const day_ = at.on ?? page.today
  return page.findings
    .filter((one) => (one.from === null || one.from <= day_) && (one.to === null || one.to > day_))
    .map((one) => one.clause)
}

test("only who may propose writes a version: nobody else, and by no other door", async () => {
  const asked = { title: "Mine", effectiveFrom: today(), ...EVERYBODY }
  for (const actor of [cast.requester, cast.procurement])
    expect(await beginPack(sceneFor(on.db, actor), asked)).toMatchObject({ ok: false, code: "not-allowed" })
  const draft = must(await draftRequest(sceneFor(on.db, cast.requester), { title: "Around" }))
  const body = { title: "x" }
  expect(
    await saveProposal(sceneFor(on.db, cast.requester), { requestId: draft.id, kind: "pack", op: "create", body }),
  ).toMatchObject({ ok: false, says: "not-allowed.pack-form" })
})

describe("a version of our own statement", () => {
  let draft: Begun
  let local: Begun
  let before: Instant
  let since: Instant
  let from: Day

  test("begins with the clauses that count, is reworded, shortened, and gets a clause from a template", async () => {
    from = addDays(today(), 10)
    draft = await begun({ effectiveFrom: from })
    must(
      await step(draft, {
        do: "reword",
        clause: "S-IV-2",
        title: "Encrypted",
        duty: "We encrypt.",
        remedy: "Encrypt.",
        severity: "warning",
      }),
    )
    must(await step(draft, { do: "retire", clause: "S-I.B-1" }))
    must(await step(draft, NEVER))
    const [row] = await rows<{ body: string }>(on.db, sql`select body from proposals where request_id = ${draft.id}`)
    const clauses = (JSON.parse(row?.body ?? "{}") as { clauses: { id: string; title: string }[] }).clauses
    expect(clauses.find((one) => one.id === "S-IV-2")?.title).toBe("Encrypted")
    expect(clauses.map((one) => one.id)).not.toContain("S-I.B-1")
    expect(clauses.map((one) => one.id)).toContain("OWN-1")
  })

  test("says what is out of range beside its field, and refuses a day before the version that counts", async () => {
    const wrong = { ...NEVER, template: "kept-at-most", given: { kinds: ["device.id"], days: 99_999 } } as Edit
    expect(await step(draft, wrong)).toMatchObject({
      ok: false,
      fields: [{ path: "given.days", says: "invalid.range" }],
    })
    const about = { do: "about", title: "Our statement", effectiveFrom: day("2023-12-31"), ...EVERYBODY } as Edit
    expect(await step(draft, about)).toMatchObject({
      ok: false,
      fields: [{ path: "effectiveFrom", says: "pack.earlier" }],
    })
  })

  test("changes nothing until it is approved by the seats that its content asks for", async () => {
    before = clockNow()
    const request = await submitted(draft)
    expect(request.stages.map((one) => one.stage)).toEqual(["legal", "dpo"])
    expect(await clausesFound(sharing, { on: from })).not.toContain("OWN-1")
    expect(await allAgree(on.db, { ...cast, legal: cast.secondLegal }, request)).toMatchObject({
      ok: false,
      code: "not-allowed",
    })
    must(await allAgree(on.db, cast, request))
  })

  test("is a version of a record with its leaf in the log, known from the instant of its approval", async () => {
    const leaves = await rows<{ act: string }>(
      on.db,
      sql`select l.act from log_leaves l join versions v on v.log_index = l.index where v.record_id = ${draft.recordId}`,
    )
    expect(leaves).toEqual([{ act: "record.in-force" }])
    const [version] = await rows<{ at: Instant }>(
      on.db,
      sql`select at from versions where record_id = ${draft.recordId}`,
    )
    since = version?.at as Instant
    expect(since > before).toBe(true)
  })

  test("brings the findings up to date by the worker: from its first day on, and on no day before", async () => {
    expect(await rows(on.db, sql`select 1 from to_judge limit 1`)).toHaveLength(1)
    while ((await judgeWaiting({ db: on.db, now: clockNow() })) > 0);
    const kept = await rows<{ from: string; version: string }>(
      on.db,
      sql`select first_on as "from", pack_version as version from findings where clause = 'OWN-1' and record_id = ${sharing} and until_at = 'infinity'`,
    )
    expect(kept).toEqual([{ from, version: "2" }])
    expect(await clausesFound(sharing, { on: addDays(from, -1) })).not.toContain("OWN-1")
    expect(await clausesFound(sharing, { on: from })).toContain("OWN-1")
    const warnings = must(
      await listFindings(sceneFor(on.db, cast.dpo), { severity: "warning", on: from, filters: { clause: ["OWN-1"] } }),
    )
    expect(warnings.findings).toHaveLength(2)
  })

  test("as of an instant before its approval nobody knew of it, whatever the day", async () => {
    expect(await clausesFound(sharing, { on: from, asOf: before })).not.toContain("OWN-1")
    expect(await clausesFound(sharing, { on: from, asOf: since })).toContain("OWN-1")
    const board = async (at: { asOf?: Instant; on?: Day }) =>
      must(await readBoard(sceneFor(on.db, cast.dpo), { asOf: at.asOf ?? null, on: at.on ?? null, months: 0 })).lines
    const ids = async (at: { asOf?: Instant; on?: Day }) => (await board(at)).map((line) => line.clause.id)
    expect(await ids({ on: from, asOf: before })).not.toContain("OWN-1")
    expect(await ids({})).not.toContain("OWN-1")
    const lines = await board({ on: from })
    expect(lines.find((line) => line.clause.id === "OWN-1")).toMatchObject({
      state: "not-evidenced",
      version: "2",
      counts: { n: 2 },
    })
    expect(lines.map((line) => line.clause.id)).not.toContain("S-I.B-1")
    expect(await ids({})).toContain("S-I.B-1")
    expect(lines[0]?.pack).toBe("statement")
  })

  test("gives way to a local version for the companies that this one names, and to nobody else's", async () => {
    local = await begun({ title: "Statement elsewhere", effectiveFrom: from, entities: [elsewhere] })
    must(await step(local, { do: "retire", clause: "OWN-1" }))
    await approved(local)
    expect(await clausesFound(other, { on: from })).not.toContain("OWN-1")
    expect(await clausesFound(sharing, { on: from })).toContain("OWN-1")
    const rival = await beginPack(lawyer(), {
      title: "Again",
      effectiveFrom: from,
      ...EVERYBODY,
      entities: [elsewhere],
    })
    expect(rival).toMatchObject({ ok: false, fields: [{ says: "pack.rival" }] })
  })

  test("for some ends from a day on: then the wider one counts again for them, and no day before is another", async () => {
    const last = addDays(from, 7)
    const asked = { recordId: local.recordId, effectiveFrom: addDays(from, -1) }
    expect(await endPack(sceneFor(on.db, cast.requester), asked)).toMatchObject({ ok: false, code: "not-allowed" })
    expect(await endPack(lawyer(), asked)).toMatchObject({
      ok: false,
      fields: [{ path: "effectiveFrom", says: "pack.earlier" }],
    })
    const ends = must(await endPack(lawyer(), { ...asked, effectiveFrom: addDays(from, 3) }))
    expect(await step(ends, { do: "retire", clause: "S-IV-2" })).toMatchObject({ ok: false, code: "not-found" })
    must(await step(ends, { do: "ends", effectiveFrom: last }))
    const page = must(await readProposedPack(lawyer(), { requestId: ends.id, recordId: ends.recordId }))
    expect(page).toMatchObject({ ends: true, faults: [], against: { title: "Our statement", version: "2" } })
    expect(page.changes.filter((one) => one.change !== "same").map((one) => [one.id, one.change])).toEqual([
      ["OWN-1", "new"],
    ])
    const tried = must(await tryPack(lawyer(), { requestId: ends.id, recordId: ends.recordId }))
    expect(tried.summary?.clauses).toEqual([{ clause: "OWN-1", appear: 1, vanish: 0 }])
    expect(tried.lines).toMatchObject([{ id: other, findings: [{ clause: "OWN-1", from: last }] }])
    const request = await submitted(ends)
    expect(request.stages.map((one) => [one.stage, one.entityId])).toEqual([
      ["legal", elsewhere],
      ["dpo", elsewhere],
    ])
    const known = clockNow()
    must(await allAgree(on.db, cast, request))
    while ((await judgeWaiting({ db: on.db, now: clockNow() })) > 0);
    expect(await clausesFound(other, { on: addDays(last, -1) })).not.toContain("OWN-1")
    expect(await clausesFound(other, { on: last })).toContain("OWN-1")
    expect(await clausesFound(other, { on: last, asOf: known })).not.toContain("OWN-1")
    expect(await clausesFound(sharing, { on: last })).toContain("OWN-1")
    const kept = await rows<{ from: string }>(
      on.db,
      sql`select first_on as "from" from findings where clause = 'OWN-1' and record_id = ${other} and until_at = 'infinity'`,
    )
    expect(kept).toEqual([{ from: last }])
  })

  test("that was ended is listed with its last day, and has neither a next version nor a second end", async () => {
    const { texts } = must(await listOwnPacks(lawyer(), {}))
    const text = texts.find((one) => one.recordId === local.recordId)
    expect(text).toMatchObject({ ends: { on: addDays(from, 7) }, versions: [{ to: addDays(from, 7) }] })
    const again = { recordId: local.recordId, effectiveFrom: addDays(from, 20) }
    expect(await endPack(lawyer(), again)).toMatchObject({ ok: false, code: "not-found" })
    expect(await beginPack(lawyer(), { ...again, title: "x", ...EVERYBODY })).toMatchObject({ code: "not-found" })
  })

  test("is followed by its next version, which begins no earlier and changes no day before its own", async () => {
    const next = { recordId: draft.recordId, title: "Our statement", ...EVERYBODY }
    expect(await beginPack(lawyer(), { ...next, effectiveFrom: addDays(from, -1) })).toMatchObject({
      ok: false,
      fields: [{ path: "effectiveFrom", says: "pack.earlier" }],
    })
    const later = addDays(from, 30)
    const third = must(await beginPack(lawyer(), { ...next, effectiveFrom: later }))
    must(await step(third, { do: "retire", clause: "OWN-1" }))
    must(await step(third, { do: "take", clause: "S-I.B-1" }))
    await approved(third)
    expect(await clausesFound(sharing, { on: addDays(later, -1) })).toContain("OWN-1")
    expect(await clausesFound(sharing, { on: later })).not.toContain("OWN-1")
    const kept = await rows<{ from: string; to: string }>(
      on.db,
      sql`select first_on as "from", until_on as "to" from findings where clause = 'OWN-1' and record_id = ${sharing} and until_at = 'infinity'`,
    )
    expect(kept).toEqual([{ from, to: later }])
  })

  test("whose ground moved is laid on top of what came into force, as the version after it", async () => {
    const late = addDays(from, 60)
    const next = { recordId: draft.recordId, title: "Our statement", ...EVERYBODY }
    const first = must(await beginPack(lawyer(), { ...next, effectiveFrom: late }))
    const second = must(await beginPack(lawyer(), { ...next, effectiveFrom: addDays(late, 5) }))
    must(await step(second, { do: "retire", clause: "S-IV-2" }))
    await approved(first)
    expect(await submitRequest(lawyer(), { requestId: second.id })).toMatchObject({ ok: false })
    must(await bringUpToDate(lawyer(), { requestId: second.id, recordId: second.recordId }))
    const [row] = await rows<{ body: string }>(on.db, sql`select body from proposals where request_id = ${second.id}`)
    const versions = await rows<{ body: string }>(
      on.db,
      sql`select body from versions where record_id = ${draft.recordId} order by n desc limit 1`,
    )
    const head = JSON.parse(versions[0]?.body ?? "{}") as { version: string }
    expect(JSON.parse(row?.body ?? "{}")).toMatchObject({
      replaces: head.version,
      version: String(Number(head.version) + 1),
    })
    await approved(second)
  })

  test("is refused at its last approval where a text just as narrow came into force meanwhile", async () => {
    const eye = { title: "Eye", effectiveFrom: from, ...EVERYBODY, products: ["Eye"] }
    const [first, second] = [await begun(eye), await begun({ ...eye, title: "Eye too" })]
    // Both are the next number; the second is given another one, so that its scope alone is in the way.
    await on.db.execute(
      sql`update proposals set body = replace(body, '"version":"' || (body::json ->> 'version') || '"', '"version":"99"') where request_id = ${second.id}`,
    )
    const [one, other_] = [await submitted(first), await submitted(second)]
    must(await allAgree(on.db, cast, one))
    const refused = await allAgree(on.db, cast, other_)
    expect(refused).toMatchObject({ ok: false, says: "pack.refused", fields: [{ says: "pack.rival" }] })
    expect(await rows(on.db, sql`select 1 from versions where record_id = ${second.recordId}`)).toEqual([])
  })

  test("that is for others than the one before it is judged of both", async () => {
    const first = addDays(from, 100)
    const mine = await begun({ title: "Ours alone", effectiveFrom: first, entities: [cast.entityId] })
    must(await step(mine, { ...NEVER, title: "Moves on" } as Edit))
    await approved(mine)
    const moves = { recordId: mine.recordId, title: "Theirs alone", ...EVERYBODY }
    await approved(
      must(await beginPack(lawyer(), { ...moves, effectiveFrom: addDays(first, 9), entities: [elsewhere] })),
    )
    const kept = await rows<{ id: string; from: string; to: string }>(
      on.db,
      sql`select record_id as id, first_on as "from", until_on as "to" from findings where clause = 'OWN-2' and until_at = 'infinity'`,
    )
    expect(kept.find((one) => one.id === sharing)).toMatchObject({ from: first, to: addDays(first, 9) })
    expect(kept.find((one) => one.id === other)).toMatchObject({ from: addDays(first, 9) })
  })

  test("is changed by no other door than its own", async () => {
    expect(await draftOfRecord(lawyer(), { recordId: draft.recordId, title: "Around" })).toMatchObject({
      ok: false,
      says: "not-allowed.pack-form",
    })
  })
})
