import { expect, test } from "vitest"
import { memberDifference } from "./members"

test("what an entry changed is told member by member, and what stayed is not", () => {
  const before = { name: { $c: "a1" }, roles: ["dpo"], same: 1, gone: true, deep: { x: null, y: [{ z: 1 }] } }
  const after = { name: { $c: "b2" }, roles: ["dpo", "legal"], same: 1, deep: { x: "new", y: [{ z: 2 }] } }
  expect(memberDifference(before, after)).toEqual([
    { path: "deep.x", before: null, after: { text: "new" } },
    { path: "deep.y.1.z", before: { text: "1" }, after: { text: "2" } },
    { path: "gone", before: { text: "true" }, after: null },
    { path: "name", before: { committed: "a1" }, after: { committed: "b2" } },
    { path: "roles", before: { text: "dpo" }, after: { text: "dpo, legal" } },
  ])
  expect(memberDifference(undefined, undefined)).toEqual([])
  expect(memberDifference(null, "x")).toEqual([{ path: "", before: null, after: { text: "x" } }])
  expect(
    memberDifference(
      [],
      Array.from({ length: 500 }, (_, n) => ({ n })),
    ),
  ).toHaveLength(200)
})
