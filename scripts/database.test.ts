import { expect, test } from "vitest"
import { databaseSentence, unfitToServe } from "./database.mjs"

const app = { major: 18, role: "onward_app", super: false, owns: false }

test.each([
  [{ major: 14 }, null, "DATABASE_URL names PostgreSQL 14: Onward needs 15 or newer."],
  [{ major: 9 }, null, "DATABASE_URL names PostgreSQL 9: Onward needs 15 or newer."],
  [{ super: true }, null, /could rewrite what stands/],
  [{ owns: true }, null, /could rewrite what stands/],
  [{ role: "boss" }, "boss", /could rewrite what stands/],
])("a server or a role that may not serve is one sentence: %o", (over, owner, sentence) => {
  const said = unfitToServe({ ...app, ...over }, owner)
  if (typeof sentence === "string") expect(said).toBe(sentence)
  else expect(said).toMatch(sentence)
  expect(said).not.toContain("\n")
})
test("PostgreSQL 15 and what comes after it serve", () => {
  for (const major of [15, 16, 18, 19]) expect(unfitToServe({ ...app, major }, "onward_owner")).toBeNull()
})
test.each([
  [{ code: "ECONNREFUSED", message: "connect ECONNREFUSED" }, /cannot be reached \(ECONNREFUSED\)/],
  [{ code: "ENOTFOUND", message: "getaddrinfo ENOTFOUND db" }, /cannot be reached/],
  [{ message: "timeout expired" }, /no answer in time/],
  [{ code: "57P03", message: "the database system is starting up" }, /takes nobody at the moment/],
])("a server that is down is one sentence: %o", (problem, sentence) => {
  expect(databaseSentence(problem, "DATABASE_URL")).toMatch(sentence)
})
