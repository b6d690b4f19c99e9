import { readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { CHECKS, WIDE_CHECKS } from "@/domain/checks/registry"
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

test("every check says what it looks at, in words and not in names of the code", () => {
  const used = PACKS.flatMap((pack) => pack.clauses.flatMap((clause) => clause.check ?? []))
  const all = new Set([...Object.keys(CHECKS), ...Object.keys(WIDE_CHECKS), ...used])
  const said = Object.keys(CATALOGUE).filter((key) => key.startsWith("looked."))
  expect(said.map((key) => key.slice("looked.".length)).sort()).toEqual([...all].sort())
  for (const key of said) expect(CATALOGUE[key], key).toMatch(/^[A-Z][^`_{}]{15,}\.$/)
})

test("every refusal that the code can give has its sentence", () => {
  const root = new URL("../../", FOLDER)
  const said = new Set<string>()
  for (const folder of ["domain", "usecases", "app", "cli", "formats"])
    for (const name of readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })) {
      if (!/\.tsx?$/.test(name) || /\.test\.tsx?$/.test(name)) continue
      const text = readFileSync(new URL(`${folder}/${name}`, root), "utf8")
      for (const [, key] of text.matchAll(/refuse\(\s*"[a-z-]+",\s*"([^"]+)"/g)) said.add(key ?? "")
      for (const [, key] of text.matchAll(/"((?:invalid|not-allowed|not-found|conflict|blocked)\.[\w-]+)"/g))
        said.add(key ?? "")
    }
  expect(said.size).toBeGreaterThan(60)
  expect([...said].filter((key) => !(key in CATALOGUE))).toEqual([])
})

test("places are filled, and one is not many", () => {
  expect(say("findings.later", { n: 1 })).toBe("1 thing comes due later")
  expect(say("findings.later", { n: 2 })).toBe("2 things come due later")
})
