/** What a form about a package sent: text only, a field more than once as a list. */
type Fields = Record<string, unknown>

/** Items of a field, whether it was sent once, often, or as words between commas and blanks; null where there is none. */
function itemsOf(value: unknown): string[] | null {
  const all = (Array.isArray(value) ? value : [value]).flatMap((one) =>
    typeof one === "string" ? one.split(/[\s,;]+/) : [],
  )
  const items = all.filter((one) => one !== "")
  return items.length > 0 ? items : null
}

const textOf = (value: unknown): string | null =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : null

/**
 * An order from a form's fields, for the schema to judge: each redaction is a line `RECORD [PLACE]: reason`. What cannot be read as such
 * stands in the reason's stead empty, and is refused there.
 */
export function typedOrder(sent: Fields): {
  scope: Fields
  redactions: Fields[]
  files: unknown
  mainland: Fields
  inquiry?: string
} {
  const lines = (textOf(sent.redactions) ?? "").split(/\r?\n/).filter((line) => line.trim() !== "")
  const inquiry = textOf(sent.inquiry)
  const files = sent.files === "chosen" ? (itemsOf(sent.chosen) ?? []) : (textOf(sent.files) ?? "none")
  return {
    scope: {
      entities: itemsOf(sent.entities),
      kinds: itemsOf(sent.kinds),
      parties: itemsOf(sent.parties),
      modes: itemsOf(sent.modes),
      countries: itemsOf(sent.countries)?.map((one) => one.toUpperCase()) ?? null,
      from: textOf(sent.from),
      until: textOf(sent.until),
    },
    redactions: lines.map((line) => {
      const [, record = line.trim(), path = null, reason = ""] =
        /^\s*(\S+?)(?:\s+([A-Za-z0-9.]+))?\s*:\s*(.*)$/.exec(line) ?? []
      return { record, path: path ?? null, reason }
    }),
    files,
    mainland: {
      addressee: textOf(sent.addressee),
      approval: textOf(sent.approval),
      reasons: textOf(sent.reasons),
    },
    // Named where the package answers an authority's letter.
    ...(inquiry === null ? {} : { inquiry }),
  }
}
