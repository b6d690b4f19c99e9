import { existsSync, readdirSync, readFileSync } from "node:fs"
import { expect, test } from "vitest"
import { CHECKS, WIDE_CHECKS } from "@/domain/checks/registry"
import { PACKS } from "@/domain/packs/all"
import { CATALOGUE, say } from "./catalogue"
import { sayHere } from "./in-browser"

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

test("what runs in the browser brings its own few sentences, and never the whole catalogue", () => {
  const root = new URL("../../", FOLDER)
  const source = (place: URL): string => readFileSync(place, "utf8")
  const reached = new Map<string, string>()
  const follow = (place: URL): void => {
    if (reached.has(place.href)) return
    const text = source(place)
    reached.set(place.href, text)
    for (const [, from] of text.matchAll(/^import (?!type )[^"]*"((?:\.\/|\.\.\/|@\/)[^"]+)"/gm)) {
      const base = from?.startsWith("@/") ? new URL(from.slice(2), root) : new URL(from ?? "", place)
      const found = [".ts", ".tsx"].map((end) => new URL(`${base.href}${end}`)).find((one) => existsSync(one))
      if (found) follow(found)
    }
  }
  for (const folder of ["components", "app"])
    for (const name of readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" }))
      if (name.endsWith(".tsx") && source(new URL(`${folder}/${name}`, root)).startsWith('"use client"'))
        follow(new URL(`${folder}/${name}`, root))
  expect(reached.size).toBeGreaterThan(6)
  expect([...reached.keys()].filter((name) => name.endsWith("/words/catalogue.ts"))).toEqual([])
  const here = [...reached].flatMap(([, text]) =>
    text.includes("words/in-browser") ? [...text.matchAll(/\bsay\(\s*"([^"]+)"/g)].map(([, key]) => key ?? "") : [],
  )
  expect(here.length).toBeGreaterThan(5)
  for (const key of here) expect(sayHere(key), key).not.toBe(key)
})

test("whatever an event is about has its word on the log's page", () => {
  const root = new URL("../../usecases/", FOLDER)
  const types = new Set<string>()
  for (const name of readdirSync(root, { recursive: true, encoding: "utf8" }).filter((one) => one.endsWith(".ts")))
    for (const [, type = ""] of readFileSync(new URL(name, root), "utf8").matchAll(/\{ type: "([a-z-]+)",? ?id\b/g))
      types.add(type)
  expect(types.size).toBeGreaterThan(15)
  for (const type of types)
    expect(
      [`object.${type}`, `kind.${type}`].some((key) => key in CATALOGUE),
      type,
    ).toBe(true)
})
