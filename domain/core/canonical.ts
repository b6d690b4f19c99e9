/** What may stand in a record, an event or a hash: JSON with whole numbers only. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * Canonical JSON after RFC 8785 for values with whole numbers and NFC text: keys in UTF-16 order,
 * no space. Undefined members are left out. Throws on fractions, lone surrogates and other types.
 */
export function canonical(value: unknown): string {
  // What was read from canonical JSON stands in order already, and the engine writes it in a third of the time.
  return isInOrder(value) ? JSON.stringify(value) : written(value)
}

/** Whether what JSON itself makes of the value is canonical: keys in their order, nothing that it leaves out or writes otherwise. */
function isInOrder(value: unknown): boolean {
  if (typeof value === "string") return isWellFormed(value)
  if (value === null || typeof value === "boolean") return true
  if (typeof value === "number") return Number.isSafeInteger(value) && !Object.is(value, -0)
  if (typeof value !== "object" || "toJSON" in value) return false
  if (Array.isArray(value)) {
    for (const item of value) if (!isInOrder(item)) return false
    return true
  }
  let before: string | null = null
  for (const key of Object.keys(value)) {
    if ((before !== null && key < before) || !isWellFormed(key) || !isInOrder((value as Record<string, unknown>)[key]))
      return false
    before = key
  }
  return true
}

function written(value: unknown): string {
  if (value === null || value === true || value === false) return String(value)
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error("canonical JSON holds whole numbers only")
    return value === 0 ? "0" : String(value)
  }
  if (typeof value === "string") {
    if (!isWellFormed(value)) throw new Error("canonical JSON holds well-formed text only")
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => written(item ?? null)).join(",")}]`
  if (typeof value === "object") {
    const members = value as Record<string, unknown>
    const parts: string[] = []
    // Without a comparison of its own, sort goes by UTF-16 units, as RFC 8785 asks.
    for (const key of Object.keys(members).sort()) {
      const item = members[key]
      if (item !== undefined) parts.push(`${written(key)}:${written(item)}`)
    }
    // Joined and not added up: a text that is added up stays in as many pieces in memory, and an import keeps thousands.
    return `{${parts.join(",")}}`
  }
  throw new Error(`canonical JSON cannot hold a ${typeof value}`)
}

function isWellFormed(text: string): boolean {
  return (
    !/[\uD800-\uDFFF]/.test(text) ||
    !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)
  )
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/** Text as it is kept: NFC, line ends as LF, no NUL, and for half a character the sign that one was lost. */
export function tidy(text: string): string {
  return text
    .replace(LONE_SURROGATE, "\uFFFD")
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/\u0000/g, "")
}
