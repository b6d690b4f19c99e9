import { expect, test } from "vitest"
import { addressAtSignOn, entering, mayLink, mayUnlink, nameAtSignOn, provedAnew, requesterAtSignOn } from "./sign-on"

const said = (over: object = {}) => ({ name: "", email: null, emailVerified: false, ...over })

test.each([
  [{ name: "Mia Market" }, "Mia Market"],
  [{ name: "Mia\n\u202eMarket\u0000" }, "Mia Market"],
  [{ name: "   ", email: "mia@lumen.example" }, "mia@lumen.example"],
  [{ name: "x".repeat(500) }, "x".repeat(200)],
  [{}, "?"],
])("whoever is said to be %j begins as %s", (over, name) => expect(nameAtSignOn(said(over))).toBe(name))

test.each([
  [{ email: "Mia@Lumen.example", emailVerified: true }, "mia@lumen.example"],
  [{ email: "mia@lumen.example", emailVerified: false }, null],
  [{ email: null, emailVerified: true }, null],
  [{ email: "mia at lumen", emailVerified: true }, null],
  [{ email: `${"x".repeat(250)}@lumen.example`, emailVerified: true }, null],
])("of %j the address is %s", (over, email) => expect(addressAtSignOn(said(over))).toBe(email))

test.each([
  [null, false, "new"],
  [null, true, "conflict.sign-on-address"],
  ["active", true, "known"],
  ["disabled", false, "not-allowed.sign-on"],
  ["invited", false, "not-allowed.sign-on"],
] as const)("an identity of an account that is %s, its address taken %s: %s", (state, addressTaken, wanted) => {
  const out = entering({ begun: true, linked: state ? { state } : null, addressTaken })
  expect(out.ok ? out.value : out.says).toBe(wanted)
})

test("nobody signs on before the set-up link has made the first administrator", () => {
  expect(entering({ begun: false, linked: null, addressTaken: false })).toMatchObject({
    says: "not-allowed.not-set-up",
  })
})

test.each([
  ["nobody chose, one company", { rule: null, entityIds: ["a"] }, ["a"]],
  ["nobody chose, two companies", { rule: null, entityIds: ["a", "b"] }, []],
  ["every company", { rule: { everywhere: true, entityIds: [] }, entityIds: ["a", "b"] }, [null]],
  ["two of three", { rule: { everywhere: false, entityIds: ["a", "c"] }, entityIds: ["a", "b", "c"] }, ["a", "c"]],
  ["none", { rule: { everywhere: false, entityIds: [] }, entityIds: ["a"] }, []],
])("who never held a role: %s", (_name, on, wanted) => {
  expect(requesterAtSignOn({ everHeld: false, ...on })).toEqual(wanted)
  expect(requesterAtSignOn({ everHeld: true, ...on })).toEqual([])
})

test("only a provider that asked after we sent somebody there proves anything", () => {
  const began = 1_000_000_000_000
  expect(provedAnew(1_000_000_001, began)).toBe(true)
  expect(provedAnew(999_999_950, began)).toBe(true)
  expect(provedAnew(999_999_000, began)).toBe(false)
  expect(provedAnew(null, began)).toBe(false)
})

test("an identity belongs to one account, and an account has one; the only way in is not undone", () => {
  expect(mayLink({ owner: null, personId: "p", hasOne: false }).ok).toBe(true)
  expect(mayLink({ owner: "q", personId: "p", hasOne: false })).toMatchObject({ says: "conflict.identity-taken" })
  expect(mayLink({ owner: "p", personId: "p", hasOne: true })).toMatchObject({ says: "conflict.identity-linked" })
  expect(mayLink({ owner: null, personId: "p", hasOne: true })).toMatchObject({ says: "conflict.identity-linked" })
  expect(mayUnlink(true).ok).toBe(true)
  expect(mayUnlink(false)).toMatchObject({ says: "not-allowed.only-way-in" })
})
