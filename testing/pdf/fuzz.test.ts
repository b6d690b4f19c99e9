import { expect, test } from "vitest"
import { cast, inShort, look } from "./cast"
import { fuzz } from "./fuzz"
import { wholeFiles } from "./mutate"

const SEED = Number(process.env.ONWARD_SEED ?? (Date.now() % 1_000_000) + 1)

test("the files that are changed are whole", async () => {
  for (const { pdf, name } of wholeFiles()) expect(inShort(await look(pdf, cast().pem)), name).toMatch(/^passed/)
})

test(`500 changed files: none is taken for whole, none breaks the reader (ONWARD_SEED=${SEED})`, async () => {
  const found = await fuzz(500, SEED)
  expect(found.broke).toEqual([])
  expect(found.wrong).toEqual([])
  expect(found.slowest).toBeLessThan(5000)
  expect(Object.values(found.words).reduce((a, b) => a + b, 0)).toBe(500)
}, 60_000)

test("every byte under a signature counts: a flipped one is never whole", async () => {
  const whole = wholeFiles()[1]
  if (!whole) throw new Error("no file")
  const [[, open], [close, end]] = whole.ranges as [[number, number], [number, number]]
  const places = [0, 5, open - 1, close, end - 2, end - 7]
  for (let i = 0; i < 60; i += 1) places.push(Math.floor((i / 60) * open), close + Math.floor((i / 60) * (end - close)))
  for (const at of places) {
    const pdf = Buffer.from(whole.pdf)
    pdf[at] = (pdf[at] ?? 0) ^ 1
    const word = await look(pdf, null).then(
      (report) => report.overall,
      (problem: Error) => problem.message,
    )
    expect(["passed", "intact-untrusted"], `byte ${at}`).not.toContain(word)
  }
}, 60_000)
