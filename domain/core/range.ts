/** The part of a body that is asked for: its first and last byte, both included. */
export type ByteRange = { from: number; to: number }

/** No range of a file of ours is longer. */
const LONGEST = 200

/**
 * What a `Range` header asks of a body of this size (RFC 9110): one part, the whole (null: no header, several parts, or
 * what is no range), or a part that there is not.
 */
export function rangeOf(header: string | null, size: number): ByteRange | null | "outside" {
  const found = /^bytes=[\s,]*(\d*)-(\d*)[\s,]*$/i.exec(header && header.length <= LONGEST ? header.trim() : "")
  const [, first = "", last = ""] = found ?? []
  if (!found || (first === "" && last === "")) return null
  if (first === "") {
    const n = Math.min(Number(last), size)
    return n === 0 ? "outside" : { from: size - n, to: size - 1 }
  }
  const from = Number(first)
  if (last !== "" && Number(last) < from) return null
  return from >= size ? "outside" : { from, to: last === "" ? size - 1 : Math.min(Number(last), size - 1) }
}
