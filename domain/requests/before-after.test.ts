import fc from "fast-check"
import { expect, test } from "vitest"
import { beforeAfter } from "./before-after"

const finding = (recordId: string, clause: string, from: string | null = null, to: string | null = null) =>
  ({ recordId, clause, from, to }) as never

test("what is found is cured, brought or left, on the day that counts", () => {
  const before = [finding("a", "1"), finding("a", "2"), finding("a", "3", null, "2026-01-01")]
  const after = [finding("a", "2"), finding("a", "4"), finding("b", "1"), finding("b", "5", "2027-01-01")]
  const said = beforeAfter(before, after, () => "2026-06-01")
  const names = (list: readonly { recordId: string; clause: string }[]) => list.map((one) => one.recordId + one.clause)
  expect([names(said.cured), names(said.brought), names(said.left)]).toEqual([["a1"], ["a4", "b1"], ["a2"]])
})

test("nothing is both, and nothing that would be found is left out", () => {
  const some = fc.array(fc.record({ recordId: fc.constantFrom("a", "b"), clause: fc.constantFrom("1", "2", "3") }))
  fc.assert(
    fc.property(some, some, (before, after) => {
      const whole = (list: { recordId: string; clause: string }[]) =>
        list.map((one) => finding(one.recordId, one.clause))
      const said = beforeAfter(whole(before), whole(after), () => null)
      expect(said.brought.length + said.left.length).toBe(after.length)
      for (const one of said.cured) expect(said.left).not.toContainEqual(one)
    }),
  )
})
