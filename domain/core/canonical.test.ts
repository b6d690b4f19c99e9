import { expect, test } from "vitest"
import { randomFrom } from "@/domain/sample/random"
import { canonical } from "./canonical"

const KEYS = ["a", "b", "é", "10", "9", "\u{1f600}", "\ufb33", "A", "aa", "__proto_", 'quote"', "state", "value"]

/** Any value that may stand in a record, its keys in the order in which they came. */
function anything(random: () => number, depth: number): unknown {
  const pick = Math.floor(random() * (depth > 0 ? 8 : 6))
  if (pick === 0) return null
  if (pick === 1) return random() < 0.5
  if (pick === 2) return random() < 0.2 ? -0 : Math.floor((random() - 0.5) * 1e6)
  if (pick < 6) return ["", "plain", 'with "signs" \\ \n \u0007 \u2028', "漢字 \u{1f600}"][Math.floor(random() * 4)]
  if (pick === 6) return Array.from({ length: Math.floor(random() * 4) }, () => anything(random, depth - 1))
  const out: Record<string, unknown> = {}
  for (let n = Math.floor(random() * 6); n > 0; n -= 1)
    out[KEYS[Math.floor(random() * KEYS.length)] as string] = random() < 0.1 ? undefined : anything(random, depth - 1)
  return out
}

/** The same by the letter of RFC 8785, slowly. */
function byTheLetter(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => byTheLetter(one ?? null)).join(",")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const members = Object.entries(value).filter(([, one]) => one !== undefined)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([key, one]) => `${JSON.stringify(key)}:${byTheLetter(one)}`).join(",")}}`
}

test("3,000 random values have the one text of RFC 8785, whatever the order of their keys; read again it is the same", () => {
  const random = randomFrom(20261201)
  for (let n = 0; n < 3000; n += 1) {
    const value = anything(random, 4)
    const text = canonical(value)
    expect(text).toBe(byTheLetter(value))
    expect(canonical(JSON.parse(text))).toBe(text)
  }
})

test("what has no canonical text is refused, wherever it stands", () => {
  const half = "half \ud83d"
  for (const bad of [0.5, Number.NaN, 2 ** 60, half, { [half]: 1 }, 1n, () => 1, Symbol("one")])
    for (const value of [bad, [bad], { b: 1, a: bad }, { a: { c: [bad] } }]) expect(() => canonical(value)).toThrow()
  expect(canonical({ b: undefined, a: -0 })).toBe('{"a":0}')
  expect(canonical([undefined, null])).toBe("[null,null]")
})
