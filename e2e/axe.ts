import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { expect, type CDPSession, type Page } from "@playwright/test"

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

type Options = { runOnly: { type: "tag" | "rule"; values: readonly string[] } }

/** What axe finds on the page as it stands, a line for each rule. */
async function found(session: CDPSession, options: Options): Promise<unknown> {
  const { result } = await session.send("Runtime.evaluate", {
    // Nothing that is asked here needs the style sheets fetched a second time, which axe does by itself.
    expression: `axe.run(document, ${JSON.stringify({ ...options, resultTypes: ["violations"], preload: false })}).then((found) => JSON.stringify(found.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ") + " " + (node.failureSummary || "")).slice(0, 5).join(" | "))))`,
    awaitPromise: true,
  })
  return JSON.parse(String(result.value))
}

/** axe finds nothing on the page as it stands, wide and narrow, light and dark. What dark changes is colours alone. */
export async function noBarriers(page: Page, name: string): Promise<void> {
  // The policy lets no foreign script in; axe is put in by the browser's own tools, past the page, once for its four looks.
  const session = await page.context().newCDPSession(page)
  await session.send("Runtime.evaluate", { expression: source })
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 })
    for (const scheme of ["light", "dark"] as const) {
      // Colours glide where motion is welcome; what is measured is where they arrive.
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" })
      const asked: Options["runOnly"] =
        scheme === "light" ? { type: "tag", values: TAGS } : { type: "rule", values: ["color-contrast"] }
      expect(await found(session, { runOnly: asked }), `${name}, ${scheme}, ${width}`).toEqual([])
      if (process.env.ONWARD_SHOTS)
        await page.screenshot({ path: `${process.env.ONWARD_SHOTS}/${name}-${scheme}-${width}.png`, fullPage: true })
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow, `${name} at ${width} scrolls sideways`).toBeLessThanOrEqual(1)
  }
  await session.detach()
  await page.emulateMedia({ colorScheme: "light", reducedMotion: null })
  await page.setViewportSize({ width: 1280, height: 900 })
}
