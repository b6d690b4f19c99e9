import { expect, test } from "vitest"
import { stillReads } from "./reads"
import { ALL, choosesFlows, isAll, narrowed, orderShape } from "./scope"
import { typedOrder } from "./typed"

const ID = (kind: string, n: number): string => `${kind}_${String(n).padStart(26, "0")}`
const [A, B, C] = [ID("ent", 1), ID("ent", 2), ID("ent", 3)]

test("an order says all that it wants: what is unknown, empty or upside down is refused", () => {
  expect(orderShape.parse({})).toEqual({ scope: ALL, redactions: [], files: "none", mainland: null })
  const order = orderShape.parse({
    scope: { countries: ["US", "DE", "US"], from: "2026-01-01", until: "2026-01-01" },
    redactions: [
      { record: ID("shr", 2), path: "title", reason: " secret " },
      { record: ID("pty", 1), reason: "first" },
      { record: ID("pty", 1), reason: "second" },
    ],
    files: ["f".repeat(64), "0".repeat(64), "f".repeat(64)],
  })
  expect(order.scope).toMatchObject({ countries: ["DE", "US"], entities: null, from: "2026-01-01" })
  expect(order.files).toEqual(["0".repeat(64), "f".repeat(64)])
  expect(order.redactions).toEqual([
    { record: ID("pty", 1), path: null, reason: "first" },
    { record: ID("shr", 2), path: "title", reason: "secret" },
  ])
  for (const bad of [
    { colour: "red" },
    { scope: { colour: ["red"] } },
    { scope: { countries: [] } },
    { scope: { countries: ["de"] } },
    { scope: { modes: ["sell"] } },
    { scope: { kinds: ["request"] } },
    { scope: { parties: [A] } },
    { scope: { from: "2026-02-30" } },
    { scope: { from: "2026-02-02", until: "2026-02-01" } },
    { redactions: [{ record: ID("pty", 1), reason: "" }] },
    { redactions: [{ record: "../x", reason: "x" }] },
    { redactions: [{ record: ID("pty", 1), path: "a..b", reason: "x" }] },
    { files: "some" },
    { files: ["abc"] },
    { scope: { countries: Array.from({ length: 1001 }, () => "DE") } },
  ])
    expect([bad, orderShape.safeParse(bad).success]).toEqual([bad, false])
})

test("whatever is asked for, nobody gets a company that they do not read", () => {
  const sets = [null, [A], [B], [A, B], [A, B, C]]
  for (const entities of sets)
    for (const reads of sets) {
      const got = narrowed({ ...ALL, entities } as never, reads)
      const asked = entities ?? [A, B, C]
      const mine = reads ?? [A, B, C]
      const both = asked.filter((id) => mine.includes(id))
      if (both.length === 0) expect(got).toBeNull()
      else expect(got?.entities ?? [A, B, C]).toEqual(both)
      if (reads !== null && got) expect(got.entities?.every((id) => reads.includes(id))).toBe(true)
    }
  expect(isAll(ALL)).toBe(true)
  expect(isAll({ ...ALL, kinds: ["party"] })).toBe(false)
  expect([choosesFlows({ ...ALL, kinds: ["party"] }), choosesFlows({ ...ALL, countries: ["DE"] })]).toEqual([
    false,
    true,
  ])
})

test("what was made for somebody is theirs while they read no less", () => {
  const then = { personId: "p", entities: [A, B], partiesByEntity: false, legalAdvice: true }
  for (const [now, holds] of [
    [then, true],
    [{ ...then, entities: null }, true],
    [{ ...then, entities: [A, B, C] }, true],
    [{ ...then, entities: [A] }, false],
    [{ ...then, partiesByEntity: true }, false],
    [{ ...then, legalAdvice: false }, false],
    [{ ...then, personId: "q" }, false],
    // What a later rule adds counts as soon as it differs.
    [{ ...then, kinds: ["party"] }, false],
  ] as const)
    expect([now, stillReads(then, now)]).toEqual([now, holds])
  expect(stillReads({ ...then, entities: null }, then)).toBe(false)
  expect(stillReads({ ...then, partiesByEntity: true }, then)).toBe(true)
})

test("a form's fields become the order that they say, and what cannot be read is refused where it stands", () => {
  const typed = typedOrder({
    ...{
      entities: [A, B],
      kinds: "party",
      parties: `${ID("pty", 1)}, ${ID("pty", 2)}`,
      countries: "de us",
      from: "",
      until: "2026-01-01",
    },
    redactions: `${ID("pty", 1)}: no affair: of yours\r\n${ID("shr", 1)} dataLines.0.necessity : secret\n\n`,
    ...{ files: "chosen", chosen: `${"0".repeat(64)}\n${"1".repeat(64)}` },
  })
  expect(orderShape.parse(typed)).toEqual({
    scope: {
      ...ALL,
      entities: [A, B],
      kinds: ["party"],
      parties: [ID("pty", 1), ID("pty", 2)],
      countries: ["DE", "US"],
      until: "2026-01-01",
    },
    redactions: [
      { record: ID("pty", 1), path: null, reason: "no affair: of yours" },
      { record: ID("shr", 1), path: "dataLines.0.necessity", reason: "secret" },
    ],
    files: ["0".repeat(64), "1".repeat(64)],
    mainland: null,
  })
  const inquiry = `inq_${"0".repeat(26)}`
  expect(orderShape.parse(typedOrder({ inquiry: ` ${inquiry} ` }))).toMatchObject({ inquiry })
  expect(orderShape.safeParse(typedOrder({ inquiry: "17/4" })).error?.issues[0]?.path[0]).toBe("inquiry")
  expect(orderShape.parse(typedOrder({}))).toEqual({ scope: ALL, redactions: [], files: "none", mainland: null })
  expect(orderShape.safeParse(typedOrder({ redactions: "no reason here" })).error?.issues[0]?.path[0]).toBe(
    "redactions",
  )
})
