/** JSON after RFC 8785 with whole numbers only: one text for each value, so that a hash over the text is one over the value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Members = { [key: string]: Json }

/** Null where the text is not canonical: keys twice or in another order, blanks, fractions, half characters. */
export function readCanonical(text: string): { value: Json } | null {
  try {
    const value = JSON.parse(text) as Json
    return canonical(value) === text ? { value } : null
  } catch {
    return null
  }
}

/** The one text of a value; throws where it has none. */
export function canonical(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value)
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new Error("a number that is not whole")
    return String(value === 0 ? 0 : value)
  }
  if (typeof value === "string") {
    if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(value))
      throw new Error("half a character")
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key] as Json)}`).join(",")}}`
}

/** The members of an object; null of anything else. */
export function membersOf(value: Json | undefined): Members | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : null
}

/** The list, or null. */
export function listOf(value: Json | undefined): Json[] | null {
  return Array.isArray(value) ? value : null
}

/** The text, or null. */
export function wordOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null
}

/** The number from 0, or null. */
export function countOf(value: Json | undefined): number | null {
  return typeof value === "number" && value >= 0 ? value : null
}

/** Texts of a list; null where one is none. */
export function wordsOf(value: Json | undefined): string[] | null {
  const list = listOf(value)
  return list && list.every((one) => typeof one === "string") ? (list as string[]) : null
}
