import { expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { agreementId, coveredOf, gapsOf, paperOver, since, signed } from "@/testing/covered"

const base = paperOver("2026-01-01", "2026-12-31")
const amends = (n: number, from: string, over: object = {}) => ({
  ...since(from),
  ...signed("2025-12-01"),
  amends: agreementId(n),
  ...over,
})

test("of two amendments of one paper the later in effect says what is covered", () => {
  const first = amends(0, "2026-03-01")
  const second = amends(0, "2026-06-01", { covers: [] })
  expect(coveredOf({ agreements: [base, first, second] })).toEqual(["2026-01-01..2026-06-01"])
  expect(coveredOf({ agreements: [base, first, { ...second, amends: agreementId(1) }] })).toEqual([
    "2026-01-01..2026-06-01",
  ])
})

test("an amendment that drops the sharing does so even while its own last day is not answered", () => {
  const drops = amends(0, "2026-06-01", { covers: [], endsOn: { state: "blank" } })
  expect(coveredOf({ agreements: [base, drops] })).toEqual(["2026-01-01..2026-06-01"])
})

test("an amendment that nobody signed yet changes nothing", () => {
  const drops = amends(0, "2026-06-01", { covers: [], signatories: [] })
  expect(gapsOf({ agreements: [base, drops] })).toEqual([])
})

test("a terminated paper takes its amendments along", () => {
  const ended = { ...base, terminatedOn: known(day("2026-09-01")) }
  expect(coveredOf({ agreements: [ended, amends(0, "2026-06-01")] })).toEqual(["2026-01-01..2026-09-01"])
})
