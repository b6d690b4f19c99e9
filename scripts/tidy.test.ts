import { expect, test } from "vitest"
import { isTimely } from "./tidy.mjs"

const MB = 1024 * 1024

test("a process gives back memory at rest, where there is much of it, and not again and again", () => {
  const at = { worked: 0.05, heap: 340 * MB, after: 0 }
  expect(isTimely(at)).toBe(true)
  expect(isTimely({ ...at, worked: 0.9 })).toBe(false)
  expect(isTimely({ ...at, heap: 120 * MB })).toBe(false)
  expect(isTimely({ ...at, after: 320 * MB })).toBe(false)
  expect(isTimely({ ...at, after: 130 * MB })).toBe(true)
})
