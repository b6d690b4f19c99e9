import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { expect, type Page } from "@playwright/test"

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

/** axe finds nothing on the page as it stands, light and dark, wide and narrow. */
export async function noBarriers(page: Page, name: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    // Colours glide where motion is welcome; what is measured is where they arrive.
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" })
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 900 })
      // The policy lets no foreign script in; axe is put in by the browser's own tools, past the page.
      const session = await page.context().newCDPSession(page)
      await session.send("Runtime.evaluate", { expression: source })
      const { result } = await session.send("Runtime.evaluate", {
        expression: `axe.run(document, { runOnly: { type: "tag", values: ${JSON.stringify(TAGS)} }, resultTypes: ["violations"] }).then((found) => JSON.stringify(found.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.target.join(" ") + " " + (node.failureSummary || "")).slice(0, 5).join(" | "))))`,
        awaitPromise: true,
      })
      expect(JSON.parse(String(result.value)), `${name}, ${scheme}, ${width}`).toEqual([])
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(overflow, `${name} at ${width} scrolls sideways`).toBeLessThanOrEqual(1)
      if (process.env.ONWARD_SHOTS)
        await page.screenshot({ path: `${process.env.ONWARD_SHOTS}/${name}-${scheme}-${width}.png`, fullPage: true })
    }
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: null })
  await page.setViewportSize({ width: 1280, height: 900 })
}
