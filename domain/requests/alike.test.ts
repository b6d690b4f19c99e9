import { expect, test } from "vitest"
import { alikeOf } from "./alike"

const renewal = { kind: "agreement", op: "change" as const, baseVersion: 2 }
const ending = { kind: "sharing", op: "end" as const, baseVersion: 1 }
const first = { kind: "party", op: "create" as const, baseVersion: null }
const renewed = [{ because: ["agreement-renewed"] }]
const ends = [{ because: ["ending"] }, { because: ["ending"] }]

test.each([
  ["papers renewed with the same text", "change", [renewal, renewal], renewed, "renewal"],
  ["ends alone", "change", [ending, { ...ending, kind: "agreement" }], ends, "ending"],
  ["a paper whose text changes", "change", [renewal], [{ because: ["agreement"] }], null],
  ["a renewal beside another change", "change", [renewal], [{ because: ["agreement", "agreement-renewed"] }], null],
  ["a renewal and an end", "change", [renewal, ending], renewed, null],
  ["a first approval", "change", [first], [{ because: ["party-identity"] }], null],
  ["an end beside a first approval", "change", [ending, first], ends, null],
  ["an import of renewals", "import", [renewal], renewed, null],
  ["what was found running", "discovered", [ending], ends, null],
  ["nothing", "change", [], renewed, null],
  ["what asks for no stage", "change", [ending], [], null],
] as const)("decided together: %s", (_name, kind, proposals, stages, wanted) => {
  expect(alikeOf({ kind }, proposals, stages)).toBe(wanted)
})
