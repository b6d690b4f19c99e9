import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE, unknown } from "@/domain/core/answer"
import { addDays, day, type Day } from "@/domain/core/day"
import { covers } from "@/domain/core/stretch"
import type { Sharing } from "@/domain/records/sharing"
import { nthId, typedSharing } from "@/testing/in-2026"
import { DELETION_DAYS, dueAfter, dutyOf, endStateOn, overdueDays, provenOn, unprovenOf, withDuty } from "./duty"

const BETWEEN = { entityId: nthId("entity", 1), partyId: nthId("party", 2) }
const PAPER = nthId("agreement", 7)
const END = day("2026-06-30")
const flow = (over: Partial<Sharing> = {}): Sharing =>
  typedSharing(BETWEEN, { endsOn: known(END), retention: BLANK, ...over })
const kept = (days: number) => known({ days: known(days), trigger: BLANK, deletion: BLANK })
const proof = (on: string) => known({ provenOn: day(on), fileId: null, text: "Letter of erasure." })
const report = (over: object = {}) =>
  known({ how: "deleted" as const, confirmedBy: "Ada", why: BLANK, keptUntil: BLANK, ...over })
const paper = (days: number, firstOn: string | null = null, lastOn: string | null = null, id = PAPER as string) => ({
  ...{ id, days, firstOn: firstOn as Day | null, lastOn: lastOn as Day | null },
})

describe("by when the data is deleted or returned", () => {
  test.each([
    ["its own retention", flow({ retention: kept(90) }), [], "retention", "2026-09-28"],
    [
      "its own retention, where a paper gives longer",
      flow({ retention: kept(9) }),
      [paper(10)],
      "retention",
      "2026-07-09",
    ],
    [
      "its own retention, where a paper says the same",
      flow({ retention: kept(10) }),
      [paper(10)],
      "retention",
      "2026-07-10",
    ],
    ["the paper's term, where that is shorter", flow({ retention: kept(90) }), [paper(10)], "agreement", "2026-07-10"],
    ["a retention of no days is the last day itself", flow({ retention: kept(0) }), [], "retention", "2026-06-30"],
    ["the paper's term", flow(), [paper(10)], "agreement", "2026-07-10"],
    ["of two papers the shorter", flow(), [paper(20), paper(14, null, null, "agr_b")], "agreement", "2026-07-14"],
    ["a paper that begins after the last day says nothing", flow(), [paper(10, "2026-07-01")], "default", "2026-07-30"],
    ["one that covers the last day does", flow(), [paper(10, "2026-06-30", "2026-06-30")], "agreement", "2026-07-10"],
    ["one that was over before says nothing", flow(), [paper(10, null, "2026-06-29")], "default", "2026-07-30"],
    ["retention not known yet", flow({ retention: unknown() }), [], "default", "2026-07-30"],
    [
      "retention without its days",
      flow({ retention: known({ days: unknown(), trigger: BLANK, deletion: BLANK }) }),
      [],
      "default",
      "2026-07-30",
    ],
  ] as const)("%s", (_says, body, papers, term, dueOn) => {
    expect(dueAfter(body, END, papers)).toMatchObject({ term, dueOn })
  })

  test("the default is thirty days", () => {
    expect(DELETION_DAYS).toBe(30)
  })
})

describe("what a flow owes", () => {
  test("is what its ending set, before anything else", () => {
    const set = { on: day("2026-07-05"), term: "agreement" as const, agreementId: PAPER }
    expect(dutyOf(flow({ retention: kept(90), deletionDue: known(set) }))).toEqual({
      ...{ endedOn: END, dueOn: "2026-07-05", term: "agreement", days: 5, agreementId: PAPER },
    })
  })
  test.each([
    ["no last day is known", flow({ endsOn: unknown() })],
    ["it goes on until further notice", flow({ endsOn: NOT_APPLICABLE })],
    ["another flow succeeds it", flow({ deletionDue: NOT_APPLICABLE })],
  ])("is nothing where %s", (_says, body) => {
    expect(dutyOf(body)).toBeNull()
    expect(overdueDays(body)).toEqual([])
    expect(unprovenOf(body)).toBeNull()
  })
  test("what was made public is taken down by its last day", () => {
    const body = flow({ mode: "disclose", retention: NOT_APPLICABLE })
    expect(endStateOn(body, END)).toBe("runs")
    expect(endStateOn(body, day("2026-07-01"))).toBe("overdue")
    const down = { ...body, deletionProof: proof("2026-07-01"), deletionReport: report({ how: "taken-down" }) }
    expect(endStateOn(down, day("2026-07-01"))).toBe("proven")
  })
})

describe("how an ended flow reads", () => {
  const owing = flow({ retention: kept(10) })
  test.each([
    ["2026-06-30", "runs"],
    ["2026-07-01", "unproven"],
    ["2026-07-10", "unproven"],
    ["2026-07-11", "overdue"],
  ])("on %s it is %s", (on, state) => {
    expect(endStateOn(owing, day(on))).toBe(state)
    expect(covers(overdueDays(owing), day(on))).toBe(state === "overdue")
  })
  test.each([
    ["proven on its last day", proof("2026-06-30"), report(), "proven"],
    ["a proof from before the end proves nothing", proof("2026-06-29"), report(), "overdue"],
    ["proven without a report, as bodies stored before have it", proof("2026-07-05"), BLANK, "proven"],
    [
      "kept, with the reason",
      proof("2026-07-05"),
      report({ how: "kept", why: known("Tax law, ten years.") }),
      "proven",
    ],
    ["kept without a reason", proof("2026-07-05"), report({ how: "kept" }), "overdue"],
    ["kept for a reason of blanks", proof("2026-07-05"), report({ how: "kept", why: known("  ") }), "overdue"],
    ["proof not known yet", unknown(), BLANK, "overdue"],
  ] as const)("%s", (_says, deletionProof, deletionReport, state) => {
    expect(endStateOn({ ...owing, deletionProof, deletionReport } as Sharing, day("2026-08-01"))).toBe(state)
  })
  test("what is kept by law up to a day owes its proof again after it", () => {
    const why = known("Tax law.")
    const body = {
      ...owing,
      deletionProof: proof("2026-07-05"),
      deletionReport: report({ how: "kept", why, keptUntil: known(day("2027-06-30")) }),
    } as Sharing
    expect(endStateOn(body, day("2027-06-30"))).toBe("kept")
    expect(endStateOn(body, day("2027-07-01"))).toBe("unproven")
    expect(endStateOn(body, day("2027-07-30"))).toBe("unproven")
    expect(endStateOn(body, day("2027-07-31"))).toBe("overdue")
  })
  test("a proof that comes late was missing until its day", () => {
    expect(overdueDays({ ...owing, deletionProof: proof("2026-07-20") })).toEqual([
      { from: "2026-07-11", to: "2026-07-20" },
    ])
    expect(overdueDays({ ...owing, deletionProof: proof("2026-07-11") })).toEqual([])
  })
})

const days = fc.integer({ min: 0, max: 3000 }).map((n) => addDays(day("2024-01-01"), n))

test("for any end, term and proof: overdue is a finding on the same days, and a proof in time leaves none", () => {
  const options = { numRuns: 1000 }
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 400 }), fc.option(days), days, (end, term, proven, on) => {
      const body = flow({
        endsOn: known(end),
        retention: kept(term),
        deletionProof: proven ? known({ provenOn: proven, fileId: null, text: "Letter." }) : BLANK,
      })
      // A proof is there from its own day on: before it, it was missing.
      const state = endStateOn(body, on)
      expect(covers(overdueDays(body), on)).toBe(state === "overdue")
      const there = provenOn(body)
      expect(state === "proven").toBe(on > end && there !== null && there <= on)
      if (proven && proven >= end && proven <= addDays(end, term)) expect(overdueDays(body)).toEqual([])
      const owed = unprovenOf(body)
      if (owed) expect(owed.from > end && owed.dueOn >= end).toBe(true)
    }),
    options,
  )
})

test("a last day that nobody set by a request owes by its papers' own term, where that is shorter", () => {
  const sharing = (over: Partial<Sharing>) => ({
    id: "shr_1",
    body: flow({ endsOn: known(day("2026-06-30")), ...over }),
  })
  const signed = (days: number, over: object = {}) => ({
    id: "agr_1",
    body: {
      deletionDays: known(days),
      covers: [{ sharingId: "shr_1", firstOn: null, lastOn: null, ...over }],
    } as never,
  })
  const dueOn = (one: ReturnType<typeof sharing>, ...papers: ReturnType<typeof signed>[]) =>
    dutyOf(withDuty(one, papers))?.dueOn
  const blank = { deletionDue: BLANK, retention: BLANK } as const
  expect(dueOn(sharing(blank))).toBe("2026-07-30")
  expect(dueOn(sharing(blank), signed(10))).toBe("2026-07-10")
  expect(dueOn(sharing(blank), signed(10), signed(4))).toBe("2026-07-04")
  // A paper that no longer covered it on its last day says nothing of it.
  expect(dueOn(sharing(blank), signed(10, { lastOn: day("2026-06-29") }))).toBe("2026-07-30")
  const set = known({ on: day("2026-08-01"), term: "agreed", agreementId: null })
  expect(dueOn(sharing({ ...blank, deletionDue: set as never }), signed(10))).toBe("2026-08-01")
  expect(dutyOf(withDuty(sharing({ ...blank, deletionDue: NOT_APPLICABLE }), [signed(10)]))).toBeNull()
})

test("a proof that was written down ahead is not there before its day", () => {
  const body = flow({ deletionProof: proof("2026-08-15"), deletionReport: report() })
  const on = ["2026-06-30", "2026-07-01", "2026-07-31", "2026-08-14", "2026-08-15"]
  expect(on.map((one) => endStateOn(body, day(one)))).toEqual(["runs", "unproven", "overdue", "overdue", "proven"])
})
