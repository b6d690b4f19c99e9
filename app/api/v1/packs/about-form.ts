/** One value of a form's field, whatever was sent. */
export function oneOf(value: unknown): string {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === "string" ? first : ""
}

/** All values of a form's field. */
export function allOf(value: unknown): string[] {
  const list: unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value]
  return list.filter((item): item is string => typeof item === "string" && item !== "")
}

/** Days and scope as a form sends them: what nobody chose is no limit. */
export function aboutOf(sent: Record<string, unknown>): Record<string, unknown> {
  const limit = (list: string[]): string[] | null => (list.length ? list : null)
  const products = oneOf(sent.products)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
  return {
    ...{ title: oneOf(sent.title), effectiveFrom: oneOf(sent.effectiveFrom) },
    ...{ entities: limit(allOf(sent.entities)), products: limit(products), subjects: limit(allOf(sent.subjects)) },
  }
}
