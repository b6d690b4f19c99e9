import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BLANK, known } from "@/domain/core/answer"
import { addDays, addMonths, day, type Day } from "@/domain/core/day"
import { PACKS } from "@/domain/packs/all"
import { seal } from "@/domain/records/seal"
import { typedParty } from "@/testing/bodies"
import { aGround, aLine, nthId, typedAssessment, typedSharing } from "@/testing/in-2026"
import { duesOf } from "./dues"
import { intervalsOf } from "./intervals"

const EVERY = intervalsOf(PACKS)
const BETWEEN = { entityId: nthId("entity", 1), partyId: nthId("party", 2) }
const ID = nthId("sharing", 3)
const openEnd = { endsOn: { state: "not-applicable" } } as const
const sharing = (over: Parameters<typeof typedSharing>[1], standing: "approved" | "ended" = "approved") =>
  duesOf({ id: ID, kind: "sharing", standing, body: typedSharing(BETWEEN, { ...openEnd, ...over }) }, EVERY)
const line = (reviewed: string | null, over: Partial<ReturnType<typeof aLine>> = {}) =>
  known([aLine("contact.email", { reviewedOn: reviewed === null ? BLANK : known(day(reviewed)), ...over })])

test("the packs say how soon: 24 months for necessity and audits, 30 days for case 4", () => {
  expect(EVERY).toEqual({ necessityMonths: 24, exceptionDays: 30, auditMonths: 24 })
})

describe("necessity of each kind of data", () => {
  test.each([
    ["2025-03-03", "2027-03-03"],
    ["2024-02-29", "2026-02-28"],
    ["2026-02-28", "2028-02-28"],
    ["2025-12-31", "2027-12-31"],
  ])("looked at on %s is looked at again by %s", (last, due) => {
    expect(sharing({ dataLines: line(last) })).toMatchObject([
      { kind: "necessity", rule: "months-after", from: last, length: 24, dueOn: due, about: "contact.email" },
    ])
  })
  test("never looked at counts from the first day of the line, else of the flow", () => {
    expect(sharing({ dataLines: line(null), startsOn: known(day("2025-01-10")) })).toMatchObject([
      { rule: "months-from-start", from: "2025-01-10", dueOn: "2027-01-10" },
    ])
    expect(sharing({ dataLines: line(null, { firstOn: day("2025-06-01") }) })).toMatchObject([{ from: "2025-06-01" }])
  })
  test("is asked for at the field that says it was done", () => {
    expect(sharing({ dataLines: line("2025-03-03") })[0]?.path).toBe("dataLines.value.0.reviewedOn")
  })
  test("is not asked for of a line, or of a flow, that is over before the day", () => {
    expect(sharing({ dataLines: line("2025-03-03", { lastOn: day("2027-03-02") }) })).toEqual([])
    const ended = sharing({ dataLines: line("2025-03-03"), endsOn: known(day("2026-12-31")) })
    expect(ended.filter((due) => due.kind === "necessity")).toEqual([])
    expect(sharing({ dataLines: line("2025-03-03", { lastOn: day("2027-03-03") }) })).toHaveLength(1)
    expect(sharing({ dataLines: line("2025-03-03") }, "ended")).toEqual([])
  })
})

describe("the proof that the data is gone", () => {
  const ends = { dataLines: known([]), endsOn: known(day("2026-06-30")) }
  test.each([
    ["after the flow's own retention", {}, { rule: "days-after-end", length: 30, dueOn: "2026-07-30" }],
    [
      "on the day that was agreed on",
      { deletionDue: known({ on: day("2026-07-05"), term: "agreed" as const, agreementId: null }) },
      { rule: "agreed-day", length: null, dueOn: "2026-07-05" },
    ],
  ])("is due %s, whether the flow was ended or is only over", (_says, over, due) => {
    for (const standing of ["approved", "ended"] as const)
      expect(sharing({ ...ends, ...over }, standing)).toMatchObject([
        { kind: "deletion", path: "deletionProof", from: "2026-06-30", ...due },
      ])
  })
  test("is asked for no more once it is there, nor where another flow succeeds", () => {
    const proof = known({ provenOn: day("2026-07-01"), fileId: null, text: "Letter." })
    expect(sharing({ ...ends, deletionProof: proof }, "ended")).toEqual([])
    expect(sharing({ ...ends, deletionDue: { state: "not-applicable" } }, "ended")).toEqual([])
    expect(sharing({ ...ends, ...openEnd }, "ended")).toEqual([])
  })
})

test("case 4 of the exceptions is looked at again after 30 days, and no other case is", () => {
  const grounds = [
    aGround("exception-4", { reviewedOn: known(day("2026-01-31")) }),
    aGround("exception-5"),
    aGround("exception-4"),
  ]
  const found = sharing({ dataLines: known([]), grounds, startsOn: known(day("2024-02-10")) })
  expect(found.map(({ kind, rule, dueOn, path }) => [kind, rule, dueOn, path])).toEqual([
    ["exception", "days-after", "2026-03-02", "grounds.0.reviewedOn"],
    ["exception", "days-from-start", "2024-03-11", "grounds.2.reviewedOn"],
  ])
})

test("who answers for a flow is named by commitment alone where the body is sealed", () => {
  const body = seal(
    "sharing",
    typedSharing(BETWEEN, { ...openEnd, dataLines: line("2025-03-03"), owner: known("Jane Roe") }),
    () => "c".repeat(64),
  ) as ReturnType<typeof typedSharing>
  const [due] = duesOf({ id: ID, kind: "sharing", standing: "approved", body }, EVERY)
  expect(due).toMatchObject({ owner: null, ownerSealed: "c".repeat(64) })
})

describe("no personal data found", () => {
  const party = (over: Parameters<typeof typedParty>[0]) =>
    duesOf({ id: nthId("party", 2), kind: "party", standing: "approved", body: typedParty(over) }, EVERY)
  test("is looked at again on the day that was set", () => {
    const dues = party({ dataDecision: "no-personal-data", noDataReviewOn: known(day("2027-01-31")) })
    expect(dues).toMatchObject([{ kind: "no-personal-data", rule: "set-day", dueOn: "2027-01-31" }])
  })
  test("without a day it is asked for at once, not forgotten", () => {
    expect(party({ dataDecision: "no-personal-data" })).toMatchObject([{ rule: "no-day", dueOn: null }])
  })
  test("is asked of nobody who receives data", () => {
    expect(party({ noDataReviewOn: known(day("2027-01-31")) })).toEqual([])
  })
})

describe("assessments", () => {
  const of = (over: Parameters<typeof typedAssessment>[1]) =>
    duesOf(
      {
        ...{ id: nthId("assessment", 4), kind: "assessment", standing: "approved" },
        body: typedAssessment(BETWEEN.partyId, over),
      } as const,
      EVERY,
    )
  test("hold until their last day, whatever their kind", () => {
    for (const kind of ["due-diligence", "appraisal", "pia", "tia", "lia", "reid"] as const)
      expect(of({ kind, validUntil: known(day("2026-06-30")) })).toMatchObject([
        { kind, rule: "holds-until", dueOn: "2026-06-30" },
      ])
  })
  test("an audit is due again after the clause's months, or sooner where it holds for less", () => {
    const done = { kind: "audit", doneOn: known(day("2024-02-29")) } as const
    expect(of({ ...done, validUntil: known(day("2028-01-01")) })).toMatchObject([
      { rule: "months-after", dueOn: "2026-02-28" },
    ])
    expect(of({ ...done, validUntil: known(day("2025-01-01")) })).toMatchObject([
      { rule: "holds-until", dueOn: "2025-01-01" },
    ])
    expect(of({ ...done, validUntil: { state: "not-applicable" } })).toMatchObject([{ dueOn: "2026-02-28" }])
  })
  test("one that failed, that was not done or that holds for good asks for no review", () => {
    expect(of({ outcome: known("failed") })).toEqual([])
    expect(of({ doneOn: BLANK })).toEqual([])
    expect(of({ validUntil: { state: "not-applicable" } })).toEqual([])
  })
  test("those about one party are of one subject, those about one of its flows of another", () => {
    expect(of({})[0]?.subject).not.toBe(of({ sharingId: ID })[0]?.subject)
  })
})

const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays(day("2000-01-01"), n))

test("for any day a review lies within its interval after the last look, never before it and never later", () => {
  fc.assert(
    fc.property(days, days, (reviewed: Day, begins: Day) => {
      const [due] = sharing({ dataLines: line(reviewed), startsOn: known(begins) })
      expect(due?.dueOn).toBe(addMonths(reviewed, 24))
      expect(due?.dueOn && due.dueOn > reviewed).toBe(true)
      // A later look never brings the day nearer.
      const [later] = sharing({ dataLines: line(addDays(reviewed, 1)), startsOn: known(begins) })
      expect(later?.dueOn && due?.dueOn && later.dueOn >= due.dueOn).toBe(true)
    }),
    { numRuns: 1000 },
  )
})
