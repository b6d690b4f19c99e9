type Lists = Record<string, string[]>

/** What a form says was chosen: rows ticked, or all that its search and filters match. */
export function selectionOf(sent: Readonly<Record<string, unknown>>): {
  all: boolean
  q: string
  filters: Lists
  excluded: Lists
  records: string[]
} {
  const filters: Lists = {}
  const excluded: Lists = {}
  for (const [name, value] of Object.entries(sent)) {
    const [, way, facet] = /^(f|not)\.([a-z-]{1,40})$/.exec(name) ?? []
    if (facet && typeof value === "string")
      (way === "f" ? filters : excluded)[facet] = value.split(",").filter((item) => item !== "")
  }
  return {
    all: sent.all === "yes",
    q: typeof sent.q === "string" ? sent.q : "",
    filters,
    excluded,
    records: [sent.tick ?? []].flat().filter((item): item is string => typeof item === "string"),
  }
}

/** The words by which a form carries a selection on, as they stood in the address. */
export function selectionWords(chosen: ReturnType<typeof selectionOf>): [string, string][] {
  return [
    ...(chosen.all ? [["all", "yes"] as [string, string]] : []),
    ...(chosen.q ? [["q", chosen.q] as [string, string]] : []),
    ...Object.entries(chosen.filters).map(([name, values]): [string, string] => [`f.${name}`, values.join(",")]),
    ...Object.entries(chosen.excluded).map(([name, values]): [string, string] => [`not.${name}`, values.join(",")]),
    ...chosen.records.map((record): [string, string] => ["tick", record]),
  ]
}
