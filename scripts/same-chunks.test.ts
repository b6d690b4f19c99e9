import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, expect, test } from "vitest"
import { manifestIn } from "./manifests.mjs"
import { sameChunks } from "./same-chunks.mjs"

const dist = mkdtempSync(join(tmpdir(), "onward-chunks-"))
afterAll(() => rmSync(dist, { recursive: true, force: true }))

test("what the build wrote for each page alike is one module in the server; what differs, is short or is the runtime stays", () => {
  const ssr = join(dist, "server", "chunks", "ssr")
  mkdirSync(ssr, { recursive: true })
  const put = (name: string, text: string): void =>
    writeFileSync(join(ssr, name), `${text}\n\n//# sourceMappingURL=${name}.map`)
  const long = `module.exports=[7,a=>{"${"x".repeat(3000)}"}];`
  for (const name of ["b.js", "a.js", "c.js"]) put(name, long)
  put("d.js", long.replace("7", "8"))
  for (const name of ["e.js", "f.js"]) put(name, "module.exports=[9,a=>{}];")
  for (const name of ["g.js", "h.js"]) put(name, `const state = {};${" ".repeat(3000)}`)
  writeFileSync(join(ssr, "b.js.map"), "{}")
  expect(sameChunks(dist)).toEqual({ files: 2, signs: 2 * long.length })
  const load = createRequire(join(ssr, "a.js"))
  expect(load("./b.js")).toBe(load("./a.js"))
  expect(load("./c.js")).toBe(load("./a.js"))
  expect(load("./d.js")).not.toBe(load("./a.js"))
  for (const name of ["e.js", "f.js", "g.js", "h.js"])
    expect(readFileSync(join(ssr, name), "utf8")).toContain(`${name}.map`)
  expect(sameChunks(dist)).toEqual({ files: 0, signs: 0 })
  expect(sameChunks(join(dist, "nowhere"))).toEqual({ files: 0, signs: 0 })
})

test("a page's manifest is read as JSON where it says nothing more, and not at all where it does", () => {
  const code = (value: string, after = ""): string =>
    `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["/a/[id]/page"] = ${value}${after}`
  expect(manifestIn(code('{"x":{"chunks":["a;b"]}}', ";\n"))).toEqual({ "/a/[id]/page": { x: { chunks: ["a;b"] } } })
  expect(manifestIn(code('{"x":1}', ';globalThis.__RSC_MANIFEST["/b"] = {}'))).toBeNull()
  expect(manifestIn(code("{x:process.env}"))).toBeNull()
  expect(manifestIn("self.__SOMETHING = {}")).toBeNull()
})
