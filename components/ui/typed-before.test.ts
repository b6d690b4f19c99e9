import { expect, test } from "vitest"
import { typedBefore, type Control } from "./typed-before"

const of = (...chosen: [boolean, boolean][]): Control["options"] =>
  chosen.map(([selected, defaultSelected]) => ({ selected, defaultSelected }))

test.each<[string, Control, boolean]>([
  ["words as sent", { type: "text", value: "a", defaultValue: "a" }, false],
  ["words typed", { type: "text", value: "ab", defaultValue: "a" }, true],
  ["a long text emptied", { type: "textarea", value: "", defaultValue: "a" }, true],
  ["a box ticked", { type: "checkbox", value: "x", defaultValue: "x", checked: true, defaultChecked: false }, true],
  ["a box as sent", { type: "checkbox", value: "x", defaultValue: "x", checked: true, defaultChecked: true }, false],
  ["another choice", { type: "select-one", options: of([false, true], [true, false]) }, true],
  ["the choice as sent", { type: "select-one", options: of([false, false], [true, true]) }, false],
  ["none chosen by the server: the first", { type: "select-one", options: of([true, false], [false, false]) }, false],
  ["none chosen by the server: another", { type: "select-one", options: of([false, false], [true, false]) }, true],
  ["several, none chosen", { type: "select-multiple", options: of([false, false], [false, false]) }, false],
  ["what script writes", { type: "hidden", value: "2", defaultValue: "1" }, false],
  ["a button", { type: "submit", value: "next", defaultValue: "" }, false],
])("%s", (_, control, typed) => {
  expect(typedBefore([{ type: "text", value: "", defaultValue: "" }, control])).toBe(typed)
})
