import { expect, test } from "vitest"
import { BLOCKS } from "@/domain/intake/question"
import type { Step } from "@/domain/intake/asked"
import { wentTo } from "./step-words"

const NEEDED = ["1", "2", "3", "6"]
const steps = BLOCKS.map((block): Step => ({
  block,
  state: NEEDED.includes(block) ? "incomplete" : "not-needed",
  mine: 1,
  others: 0,
}))
const went = (sent: Record<string, string>, own: string[] = []): string => wentTo("itk_x", { own, steps }, sent)

test("a saved step leads to the next one that asks something, and at last to the reading", () => {
  expect(went({ _step: "1", _go: "next" })).toBe("/requests/new/itk_x?step=2")
  expect(went({ _step: "3", _go: "next" })).toBe("/requests/new/itk_x?step=6")
  expect(went({ _step: "6", _go: "next" })).toBe("/requests/new/itk_x?step=check")
  expect(went({ _step: "6", _go: "back" })).toBe("/requests/new/itk_x?step=3")
  expect(went({ _step: "1", _all: "yes", _go: "next" })).toBe("/requests/new/itk_x?step=check")
  expect(went({ _step: "nonsense" })).toBe("/requests/new/itk_x?step=2")
})

test("what answers newly ask on the same page is asked there first, and what is looked for is found first", () => {
  expect(went({ _step: "3", _go: "next", _shown: "3.1 3.2" }, ["3.1", "3.2", "3.2n", "6.1"])).toBe(
    "/requests/new/itk_x?step=3&more=yes#q.3.2n",
  )
  expect(went({ _step: "1", _go: "", find: "Harbour & Co" })).toBe(
    "/requests/new/itk_x?step=1&find=Harbour%20%26%20Co#find",
  )
  expect(went({ _step: "1", _go: "next", find: "Harbour", _found: "Harbour" })).toBe("/requests/new/itk_x?step=2")
})
