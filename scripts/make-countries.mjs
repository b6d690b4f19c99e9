// Writes domain/core/countries.data.ts from the package i18n-iso-countries: ISO 3166-1 codes with English names.
// Run by hand when the package is updated: node scripts/make-countries.mjs
import { createRequire } from "node:module"
import { readFileSync, writeFileSync } from "node:fs"

const require = createRequire(import.meta.url)
const codes = JSON.parse(readFileSync(require.resolve("i18n-iso-countries/codes.json"), "utf8"))
const { countries } = JSON.parse(readFileSync(require.resolve("i18n-iso-countries/langs/en.json"), "utf8"))

// XK is no code of the standard but one that its users agreed on.
const kept = codes.filter(([two]) => two !== "XK").sort(([a], [b]) => (a < b ? -1 : 1))
const lines = kept.map(([two, three]) => {
  const names = [countries[two]].flat()
  return `  [${[two, three, ...names].map((text) => JSON.stringify(text)).join(", ")}],`
})

writeFileSync(
  "domain/core/countries.data.ts",
  `/** ISO 3166-1: alpha-2, alpha-3, English names (the first is shown). Written by scripts/make-countries.mjs. */
export const COUNTRIES: readonly (readonly [string, string, string, ...string[]])[] = [
${lines.join("\n")}
]
`,
)
