import { expect, test } from "vitest"
import { leftStanding } from "./undo"

const brought = (...ids: string[]) => ids.map((id) => ({ id: id.replace("*", ""), changed: id.endsWith("*") }))
const names = (...pairs: [string, string][]) => pairs.map(([recordId, targetId]) => ({ recordId, targetId }))

test.each([
  ["nothing changed: all of it ends", brought("party", "flow"), names(["flow", "party"]), []],
  [
    "a party that was changed since stays, its flow ends",
    brought("party*", "flow"),
    names(["flow", "party"]),
    ["party"],
  ],
  [
    "a flow that was changed since keeps its party",
    brought("party", "flow*"),
    names(["flow", "party"]),
    ["flow", "party"],
  ],
  ["a later flow keeps its party", brought("party", "flow"), names(["flow", "party"], ["later", "party"]), ["party"]],
  [
    "a later paper keeps the flow, and that its party",
    brought("party", "flow"),
    names(["flow", "party"], ["paper", "flow"]),
    ["flow", "party"],
  ],
])("%s", (_says, of, named, left) => {
  expect([...leftStanding(of, named)].toSorted()).toEqual(left)
})
