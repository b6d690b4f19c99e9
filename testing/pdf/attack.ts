import { expect } from "vitest"
import { byJane, cast, inShort, look } from "./cast"
import { agreement, signed } from "./signed"

export const TRAILER = { trailer: "/Root 1 0 R /Info 7 0 R" }
/** The sample agreement, signed once. */
export const first = () => signed(agreement(), byJane())
/** Every attack ends in one of these; never in passed or intact. */
export const CAUGHT = ["failed", "altered"]

/** Demands that a file is caught, with a list and without one, for a reason of this shape. */
export async function caught(pdf: Buffer, how: RegExp): Promise<void> {
  for (const trust of [cast().pem, null]) {
    const report = await look(pdf, trust)
    expect(CAUGHT, inShort(report)).toContain(report.overall)
    expect(inShort(report)).toMatch(how)
  }
}

/** Changes bytes of a file, and leaves its length as it is. */
export function swapped(pdf: Buffer, from: string, to: string): Buffer {
  const at = pdf.indexOf(from, 0, "latin1")
  expect(at, from).toBeGreaterThan(0)
  expect(to.length).toBe(from.length)
  const out = Buffer.from(pdf)
  out.write(to, at, "latin1")
  return out
}
