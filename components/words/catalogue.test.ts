import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { PACKS } from "@/domain/packs/all"
import { CATALOGUE, say } from "./catalogue"

const FOLDER = new URL(".", import.meta.url)

test("no key has two sentences", () => {
  const seen = new Map<string, string>()
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".ts") && !name.includes("catalogue"))) {
    const text = readFileSync(new URL(file, FOLDER), "utf8")
    for (const [, key] of text.matchAll(/^ {2}"([^"]+)":/gm)) {
      expect(seen.get(key ?? ""), `${key} stands in ${seen.get(key ?? "")} and in ${file}`).toBeUndefined()
      seen.set(key ?? "", file)
    }
  }
  expect(seen.size).toBeGreaterThan(400)
})

test("every finding of every clause has its sentence", () => {
  const named = Object.keys(CATALOGUE).filter((key) => key.startsWith("finding."))
  for (const clause of PACKS.flatMap((pack) => pack.clauses).filter((one) => one.check !== null))
    expect(
      named.some((key) => key === `finding.${clause.id}` || key.startsWith(`finding.${clause.id}.`)),
      clause.id,
    ).toBe(true)
})

test("places are filled, and one is not many", () => {
  expect(say("findings.later", { n: 1 })).toBe("1 thing comes due later")
  expect(say("findings.later", { n: 2 })).toBe("2 things come due later")
})
