import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name)
        ? [join(folder, entry.name)]
        : [],
  )

/** The opening tags of Next's own links in a source text. */
function links(text: string): string[] {
  if (!/from "next\/link"/.test(text)) return []
  return [...text.matchAll(/<Link\s/g)].map((found) => {
    let depth = 0
    let at = found.index
    for (; at < text.length; at += 1) {
      if (text[at] === "{") depth += 1
      if (text[at] === "}") depth -= 1
      if (text[at] === ">" && depth === 0) break
    }
    return text.slice(found.index, at)
  })
}

test("no page is fetched ahead of being opened: a hover is no look", () => {
  const texts = ["app", "components"].flatMap(sources).map((path) => [path, readFileSync(path, "utf8")] as const)
  const all = texts.flatMap(([path, text]) => links(text).map((link) => [path, link] as const))
  expect(all.length).toBeGreaterThan(100)
  expect(all.filter(([, link]) => !link.includes("prefetch={false}"))).toEqual([])
  const ahead = /\.prefetch\(|rel="(prefetch|prerender)"|speculationrules/
  expect(texts.filter(([, text]) => ahead.test(text)).map(([path]) => path)).toEqual([])
})
