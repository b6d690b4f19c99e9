import { expect, test } from "vitest"
import { sameAs } from "./same"

const said = { change: "new", subName: "Cloud Below Ltd", oldName: null } as const
const stands = [{ ...said, id: "ann_1" }]

test.each([
  ["the same", said, "ann_1"],
  ["written otherwise", { ...said, subName: " cloud  BELOW ltd" }, "ann_1"],
  ["with a name where nobody goes", { ...said, oldName: "Whoever" }, "ann_1"],
  ["somebody else", { ...said, subName: "Cloud Above Ltd" }, null],
  ["another change", { change: "replaced", subName: "Cloud Below Ltd", oldName: "Old Ltd" } as const, null],
])("an announcement that is sent twice is one: %s", (_name, sent, wanted) => {
  expect(sameAs(sent, stands)).toBe(wanted)
})
