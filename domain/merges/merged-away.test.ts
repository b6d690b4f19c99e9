import { expect, test } from "vitest"
import { leadsOnTo, mergedAway, type Proposed } from "./merged-away"

const went = new Map([["pty_old", "pty_new"]])
const party = (op: Proposed["op"], mergedInto: string | null, recordId = "pty_old"): Proposed => ({
  ...{ recordId, kind: "party", op, body: { mergedInto } },
})
const flow = (op: Proposed["op"], partyId: string, recordId = "shr_1"): Proposed => ({
  ...{ recordId, kind: "sharing", op, body: { partyId } },
})

test.each<[string, Proposed[], string | null]>([
  ["a change of the party that went", [party("change", "pty_new")], "pty_old"],
  ["ending it again", [party("end", "pty_new")], "pty_old"],
  ["sending it on to a third", [party("end", "pty_third")], "pty_old"],
  ["a new flow to it", [flow("create", "pty_old")], "shr_1"],
  ["a flow that ended and would flow again", [flow("change", "pty_old", "shr_over")], "shr_over"],
  ["evidence for a flow that ended", [flow("end", "pty_old", "shr_over")], null],
  ["a flow that was kept to other names and runs on", [flow("change", "pty_old")], null],
  ["what undoes the merge", [party("change", null), flow("change", "pty_old", "shr_over")], null],
  ["a change of the one that stays", [party("change", null, "pty_new"), flow("create", "pty_new")], null],
])("a merge stands against: %s", (_name, proposals, wanted) => {
  const found = mergedAway(proposals, went, new Set(["shr_over"]))
  expect(found).toEqual(wanted === null ? null : { recordId: wanted, into: "pty_new" })
})

test("one leads on to the last of them, and a ring to none for ever", () => {
  const chain = new Map([...went, ["pty_new", "pty_last"]])
  expect(leadsOnTo("pty_old", chain)).toBe("pty_last")
  expect(leadsOnTo("pty_last", chain)).toBe("pty_last")
  expect(leadsOnTo("a", new Map(Object.entries({ a: "b", b: "a" })))).toBe("a")
})
