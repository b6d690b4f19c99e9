import { expect, test } from "vitest"
import { coverageOn, paperOn } from "./standing-on-day"

const FLOW = { standing: "approved", coverage: "{[2026-01-01,2026-02-01),[2026-03-01,)}", startsOn: "2026-01-01" }
test.each([
  ["2025-12-31", "not-begun"],
  ["2026-01-01", "covered"],
  ["2026-01-31", "covered"],
  ["2025-12-01", "not-begun"],
  ["2026-02-01", "gap"],
  ["2026-03-01", "covered"],
  ["2099-01-01", "covered"],
])("a flow with a gap in February is on %s: %s", (day, state) => {
  expect(coverageOn(FLOW, day)).toBe(state)
})

test("a flow whose cover ends within ninety days is expiring", () => {
  const flow = { ...FLOW, coverage: "{[2026-01-01,2026-06-01)}" }
  expect(coverageOn(flow, "2026-03-02")).toBe("covered")
  expect(coverageOn(flow, "2026-03-03")).toBe("expiring")
  expect(coverageOn(flow, "2026-06-01")).toBe("gap")
})

test("as of an instant it stands as it was judged then", () => {
  expect(coverageOn({ ...FLOW, coverageThen: "gap" }, "2026-01-01")).toBe("gap")
})

test("a flow that has ended is no gap, and one that was not judged is unchecked", () => {
  expect(coverageOn({ ...FLOW, standing: "ended" }, "2026-02-01")).toBe("ended")
  expect(coverageOn({ ...FLOW, coverage: null }, "2026-02-01")).toBe("unchecked")
})

const PAPER = { standing: "approved", signed: true, effectOn: "2026-01-01", endsOn: "2026-12-31" }
test.each([
  ["2025-12-31", "not-begun"],
  ["2026-01-01", "in-effect"],
  ["2026-10-02", "in-effect"],
  ["2026-10-03", "expiring"],
  ["2026-12-31", "expiring"],
  ["2027-01-01", "lapsed"],
])("a paper of a year is on %s: %s", (day, state) => {
  expect(paperOn(PAPER, day)).toBe(state)
})

test("a paper that nobody signed, without a day, or over says so first", () => {
  expect(paperOn({ ...PAPER, signed: false }, "2026-02-01")).toBe("unsigned")
  expect(paperOn({ ...PAPER, effectOn: null }, "2026-02-01")).toBe("undated")
  expect(paperOn({ ...PAPER, endsOn: null }, "2026-02-01")).toBe("in-effect")
  expect(paperOn({ ...PAPER, standing: "ended" }, "2026-02-01")).toBe("ended")
})
