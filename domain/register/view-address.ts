/** The lists of which a view can be kept. */
export const VIEWED = ["/parties", "/sharings", "/agreements", "/evidence", "/requests", "/findings"] as const
export type Viewed = (typeof VIEWED)[number]

/** What of an address is where somebody stands in a view, and no part of it. */
const PASSING = ["after", "peek", "tick", "refused", "field", "seconds", "show"]

/**
 * What of a list's address is kept as a view: its path and the words that choose rows, order, columns and day. Null for an
 * address that is no list's, or too long to be kept.
 */
export function viewAddress(text: string): { list: Viewed; address: string } | null {
  const [path = "", query = ""] = text.split("#")[0]?.split(/\?(.*)/s) ?? []
  const list = VIEWED.find((known) => known === path)
  if (!list) return null
  const words = new URLSearchParams(query)
  for (const name of PASSING) words.delete(name)
  const kept = words.toString().replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/\+/g, "%20")
  const address = kept ? `${list}?${kept}` : list
  return address.length <= 2000 ? { list, address } : null
}
