import { expect, test } from "vitest"
import { ROLES, type Role } from "./roles"
import { confirmReset, resetBy } from "./resets"

const says = (outcome: ReturnType<typeof resetBy>): string => (outcome.ok ? outcome.value : outcome.says)

test.each([
  ["requester", "alone"],
  ["supervisor", "alone"],
  ["procurement", "second"],
  ["legal", "second"],
  ["dpo", "second"],
  ["administrator", "second"],
] as [Role, string][])("a new password for a %s takes: %s", (role, wanted) => {
  expect(says(resetBy({ byPerson: "ada", ofPerson: "pat", held: [role] }, ["ada", "bo"]))).toBe(wanted)
})

test("no role at all is nothing to enter for, and any one that is grave counts", () => {
  expect(says(resetBy({ byPerson: "ada", ofPerson: "pat", held: [] }, ["ada"]))).toBe("alone")
  expect(says(resetBy({ byPerson: "ada", ofPerson: "pat", held: ["requester", "dpo"] }, ["ada", "bo"]))).toBe("second")
})

test("where there is nobody to give the code, the operator of the machine makes the link", () => {
  expect(says(resetBy({ byPerson: "ada", ofPerson: "pat", held: ["legal"] }, ["ada"]))).toBe(
    "not-allowed.reset-operator",
  )
  // Of two administrators one who forgot their password is no second one.
  expect(says(resetBy({ byPerson: "ada", ofPerson: "bo", held: ["administrator"] }, ["ada", "bo"]))).toBe(
    "not-allowed.reset-operator",
  )
  for (const role of ROLES) expect(says(resetBy({ byPerson: null, ofPerson: "pat", held: [role] }, []))).toBe("alone")
})

test("nobody makes a link for themselves", () => {
  expect(says(resetBy({ byPerson: "ada", ofPerson: "ada", held: [] }, ["ada", "bo"]))).toBe("not-allowed.own-reset")
})

test("the code is another administrator's, not that of who made the link nor of whom it is for, and given once", () => {
  const reset = { ofPerson: "pat", byPerson: "ada", confirmedBy: null }
  expect(confirmReset("bo", reset).ok).toBe(true)
  expect(confirmReset("ada", reset)).toMatchObject({ says: "not-allowed.own-confirmation" })
  expect(confirmReset("pat", reset)).toMatchObject({ says: "not-allowed.own-confirmation" })
  expect(confirmReset("cy", { ...reset, confirmedBy: "bo" })).toMatchObject({ says: "conflict.nothing-to-confirm" })
})
