import { expect, test } from "vitest"
import { inTurn } from "./in-turn"

test("one begins when the other has ended, also when that failed", async () => {
  const told: string[] = []
  const work =
    (name: string, fails = false) =>
    async (): Promise<string> => {
      told.push(`${name} begins`)
      await new Promise((done) => setImmediate(done))
      told.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    }
  const all = await Promise.allSettled([inTurn(work("one")), inTurn(work("two", true)), inTurn(work("three"))])
  expect(told).toEqual(["one begins", "one ends", "two begins", "two ends", "three begins", "three ends"])
  expect(all.map((one) => one.status)).toEqual(["fulfilled", "rejected", "fulfilled"])
})
