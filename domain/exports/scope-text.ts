import type { About } from "./readme"

const NAMES = {
  entities: "companies",
  kinds: "kinds of records",
  parties: "parties",
  modes: "modes",
  countries: "countries",
  from: "running from",
  until: "running until",
} as const

/** What of the register a package is about, in one line. */
export function scopeText({ scope, whole }: Pick<About, "scope" | "whole">): string {
  const said = Object.entries(NAMES).flatMap(([key, name]) => {
    const value = scope[key as keyof typeof NAMES]
    return value === null ? [] : [`${name}: ${Array.isArray(value) ? shortList(value) : value}`]
  })
  if (said.length > 0) return said.join("; ")
  return whole ? "everything" : "everything that whoever took it may read"
}

const shortList = (all: readonly string[]): string =>
  all.length > 12 ? `${all.slice(0, 12).join(", ")} and ${all.length - 12} more (manifest.json)` : all.join(", ")
