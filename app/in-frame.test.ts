import { AsyncLocalStorage } from "node:async_hooks"
import { renderToStaticMarkup } from "react-dom/server"
import { redirect } from "next/navigation"
import { expect, test, vi } from "vitest"
import { inFrame } from "./in-frame"

const pages = import.meta.glob<string>("./**/page.tsx", { query: "?raw", import: "default", eager: true })

test("every page stands in the frame also where it refuses or fails", () => {
  const names = Object.keys(pages)
  expect(names.length).toBeGreaterThan(40)
  const bare = names.filter((name) => !/^export default (inFrame\(\w+\)|missing)$/m.test(pages[name] ?? ""))
  expect(bare).toEqual([])
})

/** Shows a page as the web server does; gives its words and its status. */
async function shownBy(show: () => never): Promise<{ words: string; status: number }> {
  const answers = new AsyncLocalStorage()
  Object.assign(globalThis, { [Symbol.for("onward.answers")]: answers })
  const now = { status: 0, method: "GET", path: "/parties/pty_1/secret/more" }
  const page = await answers.run(now, () => inFrame(show)({}))
  return { words: renderToStaticMarkup(page), status: now.status }
}

test("a page that fails says a number and never the message, with status 500", async () => {
  const lines: string[] = []
  const spy = vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0)
  const { words, status } = await shownBy(() => {
    throw new Error("Erika Mustermann cannot be read")
  })
  spy.mockRestore()
  expect(status).toBe(500)
  expect(words).toContain("Nothing was changed")
  const line = JSON.parse(lines[0] ?? "{}") as { id: string; path: string }
  expect(words).toContain(line.id)
  expect(line.path).toBe("/parties/pty_1/secret")
  expect(words + lines.join("")).not.toContain("Erika")
})

test("a page that sends on still sends on", async () => {
  await expect(shownBy(() => redirect("/sign-in"))).rejects.toThrow("NEXT_REDIRECT")
})
