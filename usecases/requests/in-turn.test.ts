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

test("who waits too long is told, and what they asked for is never begun", async () => {
  let end: (value: string) => void = () => undefined
  const begun: string[] = []
  const long = inTurn(
    () =>
      new Promise<string>((done) => {
        end = done
      }),
  )
  expect(
    await inTurn(async () => {
      begun.push("two")
      return "two"
    }, 5),
  ).toBeNull()
  end("one")
  expect(await long).toBe("one")
  expect(await inTurn(async () => "three")).toBe("three")
  expect(begun).toEqual([])
})

test("who fails before anything was waited for keeps nobody waiting", async () => {
  await expect(
    inTurn((): Promise<string> => {
      throw new Error("one")
    }, 50),
  ).rejects.toThrow("one")
  expect(await inTurn(async () => "two", 50)).toBe("two")
})
