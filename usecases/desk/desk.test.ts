import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { known, NOT_APPLICABLE, unknown } from "@/domain/core/answer"
import { addDays, day, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aLine, typedAgreement, typedAssessment, typedNotice, typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, drafted, inForce, must, type Cast, type Proposed } from "@/testing/requests"
import { rebuildRows } from "@/usecases/register/rebuild"
import { readRecord } from "@/usecases/register/read-record"
import { editDraft } from "@/usecases/requests/edit-draft"
import { clockNow, newId } from "@/usecases/scene"
import { beginAnswer } from "./begin-answer"
import { listReviews } from "./list-reviews"
import { listSuppliers } from "./list-suppliers"
import { listUnknowns, unknownCounts } from "./list-unknowns"
import { readDrift } from "./read-drift"

let on: TestDatabase
let cast: Cast
const today = dayIn("UTC", clockNow())

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

const scene = (who = cast.legal) => sceneFor(on.db, who)

/** A flow of a company with its party, paper and vetting, in force; gives the sharing's id and the party's. */
async function aFlow(over: Partial<Sharing>, party: Partial<Party> = {}, entityId = cast.entityId) {
  const at = sceneFor(on.db, cast.requester)
  const [partyId, sharingId] = [newId(at, "party"), newId(at, "sharing")]
  const between = { entityId: entityId as Id<"entity">, partyId }
  const proposals: Proposed[] = [
    { kind: "party", recordId: partyId, body: typedParty(party) },
    { kind: "sharing", recordId: sharingId, body: typedSharing(between, over) },
    {
      kind: "agreement",
      body: typedAgreement(between, [sharingId], WHOLE),
    },
    { kind: "assessment", body: typedAssessment(partyId, { validUntil: known(addDays(today, 400)) }) },
  ]
  await inForce(on.db, cast, "A flow", proposals)
  return { partyId, sharingId }
}
const WHOLE = { endsOn: NOT_APPLICABLE }

describe("answers that are not known yet", () => {
  test("are listed with whom they were asked of, overdue first, and gone once a request answers them", async () => {
    const [late, soon] = [addDays(today, -3), addDays(today, 9)]
    const [id] = await inForce(on.db, cast, "Asked", [
      {
        kind: "party",
        body: typedParty({
          legalName: "Asked Ltd",
          country: unknown("Jane, sales", soon),
          risk: unknown("Piet", late),
        }),
      },
    ])
    const page = must(await listUnknowns(scene(), {}))
    const mine = page.rows.filter((row) => row.recordId === id)
    expect(mine.map((row) => [row.path, row.person, row.dueOn, row.when])).toEqual([
      ["risk", "Piet", late, "overdue"],
      ["country", "Jane, sales", soon, "next-30"],
    ])
    expect(page.facets.asked?.map((item) => item.label)).toEqual(expect.arrayContaining(["Piet", "Jane, sales"]))
    const jane = page.facets.asked?.find((item) => item.label === "Jane, sales")?.value ?? ""
    const asked = must(await listUnknowns(scene(), { filters: { asked: [jane] } }))
    expect(asked.rows.map((row) => row.path)).toEqual(["country"])
    const before = clockNow()
    await inForce(on.db, cast, "Answered", [
      {
        ...{ kind: "party", op: "change", recordId: id as string },
        body: typedParty({ legalName: "Asked Ltd", risk: unknown("Piet", late) }),
      },
    ])
    const left = must(await listUnknowns(scene(), {})).rows.filter((row) => row.recordId === id)
    expect(left.map((row) => row.path)).toEqual(["risk"])
    const then = must(await listUnknowns(scene(), { asOf: before }))
    expect(then.rows.filter((row) => row.recordId === id)).toHaveLength(2)
  })

  test("hold whom they were asked of behind a commitment: erased there, it is erased here", async () => {
    const [id] = await inForce(on.db, cast, "Sealed", [
      { kind: "party", body: typedParty({ legalName: "Sealed Ltd", country: unknown("Maria Erasable") }) },
    ])
    const plain = await rows<{ body: string; asked: string | null; sealed: string }>(
      on.db,
      sql`select v.body, o.asked, o.asked_sealed as sealed from versions v join open_answers o using (record_id) where v.record_id = ${id}`,
    )
    expect(plain[0]).toMatchObject({ asked: null, sealed: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(plain[0]?.body).not.toContain("Maria")
    await on.db.execute(sql`delete from disclosures where commitment = ${plain[0]?.sealed}`)
    const page = must(await listUnknowns(scene(), {}))
    expect(page.rows.find((row) => row.recordId === id)).toMatchObject({ person: null, erased: true })
    expect(JSON.stringify(page)).not.toContain("Maria")
    expect(must(await readRecord(scene(), { id })).record.body).toMatchObject({ country: { asked: "[erased]" } })
  })

  test("in one's own open requests are shown to oneself alone", async () => {
    const { requestId, recordIds } = await drafted(on.db, cast, "Mine", [
      { kind: "party", body: typedParty({ legalName: "Draft Ltd", country: unknown("Ada", day("2020-01-01")) }) },
    ])
    const mine = must(await listUnknowns(scene(cast.requester), {})).mine
    expect(mine).toMatchObject([
      { requestId, recordId: recordIds[0], title: "Draft Ltd", path: "country", asked: "Ada", dueOn: "2020-01-01" },
    ])
    expect(must(await listUnknowns(scene(), {})).mine).toEqual([])
  })

  test("of another company or of a restricted record are in no list, count or facet", async () => {
    const other = await anEntity(on.db)
    const elsewhere = await aPerson(on.db, "Else Where", ["legal"], other)
    const secret = await inForce(on.db, cast, "Secret", [
      {
        kind: "party",
        body: typedParty({
          ...{ legalName: "Secret Merger Ltd", country: unknown("The other side") },
          restrictedTo: [cast.requester, cast.procurement, cast.legal, cast.dpo, cast.secondLegal].map(
            (who) => who.id as Id<"person">,
          ),
        }),
      },
    ])
    const { sharingId } = await aFlow({ frequency: unknown("Ops of the first company") })
    const all = must(await listUnknowns(scene(), { size: 200 }))
    expect(all.rows.map((row) => row.recordId)).toEqual(expect.arrayContaining([secret[0], sharingId]))
    const theirs = must(await listUnknowns(scene(elsewhere), { size: 200 }))
    expect(JSON.stringify(theirs)).not.toMatch(/Secret|other side|first company/)
    const [mine, less] = [must(await unknownCounts(scene(), {})), must(await unknownCounts(scene(elsewhere), {}))]
    expect(mine).toMatchObject({ answers: all.total, overdue: all.overdue })
    expect(less).toMatchObject({ answers: theirs.total, overdue: theirs.overdue })
    expect(less.answers).toBeLessThan(mine.answers)
  })

  test("come page by page, each once", async () => {
    await inForce(
      on.db,
      cast,
      "Many",
      Array.from({ length: 30 }, (_, i) => ({
        kind: "party" as const,
        body: typedParty({ legalName: `Many ${i}`, country: unknown(), risk: unknown("Piet", addDays(today, i)) }),
      })),
    )
    const seen: string[] = []
    let after = ""
    do {
      const page = must(await listUnknowns(scene(), { size: 25, after }))
      seen.push(...page.rows.map((row) => `${row.recordId} ${row.path}`))
      after = page.next ?? ""
      expect(page.total).toBeGreaterThanOrEqual(60)
    } while (after)
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen).toHaveLength(must(await listUnknowns(scene(), {})).total)
  })
})

describe("reviews", () => {
  test("say when and why, by the company's own today", async () => {
    const { sharingId } = await aFlow({
      ...{ endsOn: NOT_APPLICABLE, owner: known("Olga Owner") },
      dataLines: known([aLine("contact.email", { reviewedOn: known(addDays(today, -100)) })]),
    })
    const page = must(await listReviews(scene(), { size: 200 }))
    const line = page.rows.find((row) => row.recordId === sharingId)
    expect(line).toMatchObject({
      ...{ kind: "necessity", rule: "months-after", length: 24, about: "contact.email", person: "Olga Owner" },
      ...{ sinceOn: addDays(today, -100), when: "later", path: "dataLines.value.0.reviewedOn" },
    })
    expect(page.facets.owner?.find((item) => item.label === "Olga Owner")?.n).toBe(1)
  })

  test("an assessment that a later one renewed is asked for no more", async () => {
    const [partyId] = await inForce(on.db, cast, "Vetted", [{ kind: "party", body: typedParty() }])
    const vetted = (until: ReturnType<typeof day>) => ({
      kind: "assessment" as const,
      body: typedAssessment(partyId as Id<"party">, { doneOn: known(day("2024-01-01")), validUntil: known(until) }),
    })
    const [old] = await inForce(on.db, cast, "Once", [vetted(addDays(today, -5))])
    const dues = async () =>
      must(await listReviews(scene(), { size: 200, filters: { kind: ["due-diligence"] } })).rows.map(
        (row) => row.recordId,
      )
    expect(await dues()).toContain(old)
    const [renewed] = await inForce(on.db, cast, "Again", [vetted(addDays(today, 300))])
    expect(await dues()).not.toContain(old)
    expect(await dues()).toContain(renewed)
  })

  test("begin the right request: a change at the field, or a new assessment about the same", async () => {
    const { sharingId } = await aFlow({})
    const change = must(await beginAnswer(scene(cast.requester), { recordId: sharingId, title: "Look again" }))
    expect(change.recordId).toBe(sharingId)
    const found = must(await listReviews(scene(), { size: 200, filters: { kind: ["due-diligence"] } })).rows[0]
    const anew = must(
      await beginAnswer(scene(cast.requester), { recordId: found?.recordId, title: "Vet again", renew: true }),
    )
    const form = must(await editDraft(scene(cast.requester), { requestId: anew.id, recordId: anew.recordId }))
    expect(form).toMatchObject({
      op: "create",
      kind: "assessment",
      body: { kind: "due-diligence", doneOn: { state: "blank" } },
    })
    expect(anew.recordId).not.toBe(found?.recordId)
  })
})

test("suppliers are told apart by what is decided of them, and a review that is over is counted", async () => {
  const before = must(await listSuppliers(scene(), {}))
  const [id] = await inForce(on.db, cast, "Negative", [
    {
      kind: "party",
      body: typedParty({
        ...{ legalName: "Stationer's Corner", dataDecision: "no-personal-data" },
        ...{ noDataReason: known("Sells paper."), noDataReviewOn: known(addDays(today, -1)) },
      }),
    },
    { kind: "party", body: typedParty({ legalName: "Whoever", dataDecision: "undecided" }) },
  ])
  const page = must(await listSuppliers(scene(), { decision: "no-personal-data" }))
  expect(page.rows).toMatchObject([{ id, reviewOn: addDays(today, -1) }])
  expect([page.sums["no-personal-data"], page.overdue]).toEqual([
    before.sums["no-personal-data"] + 1,
    before.overdue + 1,
  ])
  expect(page.sums.undecided).toBe(before.sums.undecided + 1)
})

test("what the register holds and nothing names comes out, until a notice in effect names it", async () => {
  await aFlow({
    destinations: known([{ country: "PT", kind: "storage", mechanisms: [], firstOn: null, lastOn: null }]),
  })
  const side = async (country: string) =>
    must(await readDrift(scene(), {})).lines.find((line) => line.what === "country" && line.code === country)?.side
  expect([await side("PT"), await side("FI")]).toEqual(["held-only", undefined])
  await inForce(on.db, cast, "Notice", [
    { kind: "notice", body: typedNotice(cast.entityId as Id<"entity">, { countries: known(["PT", "FI"]) }) },
  ])
  expect([await side("PT"), await side("FI")]).toEqual(["both", "named-only"])
  const elsewhere = await aPerson(on.db, "Far Away", ["legal"], await anEntity(on.db))
  expect(must(await readDrift(scene(elsewhere), {})).lines.filter((line) => line.flows > 0)).toEqual([])
})

test("a rebuild finds the same answers, reviews and keys", async () => {
  const heads = () =>
    rows(
      on.db,
      sql`select 'a', record_id, path, key, from_at::text from open_answers where until_at = 'infinity'
        union all select 'r', record_id, kind || path, key, from_at::text from review_dues where until_at = 'infinity'
        union all select 'k', record_id, kind, key, '' from party_keys order by 1, 2, 3, 4`,
    )
  const before = await heads()
  expect(before.length).toBeGreaterThan(50)
  await on.db.transaction((tx) => rebuildRows(tx, clockNow()))
  expect(await heads()).toEqual(before)
})
