import { expect, test } from "vitest"
import { ofCompanies, queryAddress, readQuery } from "./query"

const HARD = [
  "",
  "?",
  "/",
  "/requests?f.a=b",
  "/parties/../x",
  "javascript:alert(1)",
  "/audit/answers/recipients?data=nonsense-word",
  "/findings?severity=terrible",
  "/findings?f.nonsense=x",
]

test.each(HARD)("%j asks nothing of the register", (address) => expect(readQuery(address)).toBeNull())

test.each([
  "/parties",
  "/sharings?q=payroll&f.mode=processor%2Cjoint",
  "/evidence?not.kind=notice",
  "/audit/answers/recipients?country=US",
  "/audit/answers/recipients",
  "/findings?severity=warning&f.clause=GDPR-28.3&f.entity=ent_1&not.country=US",
])("%s is asked again under the same address", (address) => {
  const query = readQuery(address)
  expect(query && queryAddress(query, null)).toBe(address)
  expect(query && readQuery(queryAddress(query, "2026-03-01T00:00:00Z"))).toEqual(query)
  expect(readQuery(`https://register.example.test${address}#part`)).toEqual(query)
})

test("what is no part of the question is left out, and too much is none", () => {
  expect(readQuery("/parties?after=x&as-of=2026-01-01&sort=since")).toEqual(readQuery("/parties"))
  expect(readQuery(`/parties?q=${"a".repeat(201)}`)).toBeNull()
})

test.each([
  ["/sharings?q=x", "/sharings?q=x&f.entity=ent_1%2Cent_2"],
  ["/sharings?f.entity=ent_1", "/sharings?f.entity=ent_1"],
  ["/parties", "/parties"],
  ["/findings?severity=advice", "/findings?severity=advice&f.entity=ent_1%2Cent_2"],
])("%s of two companies is %s", (address, of) => {
  const query = readQuery(address)
  expect(query && queryAddress(ofCompanies(query, ["ent_1", "ent_2"]), null)).toBe(of)
})
