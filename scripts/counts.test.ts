import { expect, test } from "vitest"
import { playwrightCounts, sumOf, vitestCounts } from "./counts.mjs"

test("a skipped test counts as failed", () => {
  expect(vitestCounts(JSON.stringify({ numPassedTests: 3, numFailedTests: 0, numPendingTests: 2 }), 0)).toEqual({
    passed: 3,
    failed: 2,
  })
})
test("a runner that ran no test has failed", () => {
  expect(vitestCounts(JSON.stringify({ numPassedTests: 0, numFailedTests: 0 }), 0)).toEqual({ passed: 0, failed: 1 })
})
test("a runner that fell without a report has failed", () => {
  expect(vitestCounts("", 0)).toEqual({ passed: 0, failed: 1 })
  expect(playwrightCounts("", 0)).toEqual({ passed: 0, failed: 1 })
})
test("a runner that ended badly although its tests passed has failed", () => {
  expect(vitestCounts(JSON.stringify({ numPassedTests: 4, numFailedTests: 0 }), 1)).toEqual({ passed: 4, failed: 1 })
})
test("a flaky browser test is a failed one", () => {
  expect(playwrightCounts(JSON.stringify({ stats: { expected: 5, flaky: 1, skipped: 0, unexpected: 0 } }), 0)).toEqual({
    passed: 5,
    failed: 1,
  })
})
test("the sum is over all runners", () => {
  expect(
    sumOf([
      { passed: 1, failed: 0 },
      { passed: 7, failed: 2 },
    ]),
  ).toEqual({ passed: 8, failed: 2 })
})
