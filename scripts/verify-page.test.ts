import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"
import { makeVerifyPage } from "./verify-page.mjs"

test("verify.html is the same bytes wherever it is built, small, without an address, and its policy lets its own script run", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onward-elsewhere-"))
  try {
    cpSync("verifier", join(folder, "verifier"), { recursive: true })
    cpSync("tsconfig.json", join(folder, "tsconfig.json"))
    symlinkSync(join(process.cwd(), "node_modules"), join(folder, "node_modules"))
    const [here, there] = [await makeVerifyPage(), await makeVerifyPage(folder)]
    expect(there.html).toBe(here.html)
    expect(there.source).toBe(here.source)
    expect(here.bytes).toBeLessThan(500_000)
    const { html } = here
    expect(html).not.toContain(process.cwd())
    expect(html.match(/https?:\/\/[^\s"'`)]*/g) ?? []).toEqual([])
    expect(html.match(/<\/script/gi)).toHaveLength(1)
    for (const way of [
      "fetch(",
      "XMLHttpRequest",
      "WebSocket",
      "sendBeacon",
      "innerHTML",
      "insertAdjacentHTML",
      "eval(",
    ])
      expect(html, way).not.toContain(way)
    expect(html).toMatch(/default-src 'none'; connect-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
