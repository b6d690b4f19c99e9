import fc from "fast-check"
import { expect, test } from "vitest"
import { lately, once, recently } from "./once"

test("whatever is kept, the answer is the function's own, in whichever order is asked", () => {
  const all = Array.from({ length: 12 }, (_one, i) => ({ i }))
  fc.assert(
    fc.property(fc.array(fc.nat(11), { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (order, most) => {
      const double = ({ i }: { i: number }): number => i * 2
      for (const kept of [once(double), lately(double), recently(double, most)])
        for (const at of order) expect(kept(all[at] ?? { i: -1 })).toBe(2 * at)
    }),
  )
})

test("what was asked a moment ago is not made again, and after many others it is forgotten", () => {
  let made = 0
  const answer = recently((_of: object) => (made += 1), 4)
  const [first, ...others] = Array.from({ length: 20 }, () => ({}))
  for (const one of [first as object, ...others.slice(0, 3), first as object]) answer(one)
  expect(made).toBe(4)
  for (const one of others) answer(one)
  const before = made
  answer(first as object)
  expect(made).toBe(before + 1)
})
