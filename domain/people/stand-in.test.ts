import fc from "fast-check"
import { expect, test } from "vitest"
import { day } from "@/domain/core/day"
import { ROLES, type HeldRole, type Role } from "./roles"
import {
  DELEGABLE,
  isStretch,
  mayDelegate,
  mayStandIn,
  namedTwice,
  overlaps,
  standsInFor,
  type Delegated,
} from "./stand-in"

const A = { id: "ent_a", dpoDecides: false }
const B = { id: "ent_b", dpoDecides: true }
const BOTH = [A, B]
const held = (...list: (Role | [Role, string])[]): HeldRole[] =>
  list.map((one, i) => {
    const [role, entityId] = typeof one === "string" ? [one, null] : one
    return { grantId: `grt_${i}`, role, entityId, confirmed: true }
  })
const says = (outcome: { ok: boolean; says?: string; fields?: readonly { says: string }[] }): string =>
  outcome.ok ? "yes" : (outcome.fields?.[0]?.says ?? outcome.says ?? "")

test.each([
  ["a buyer for a buyer", "procurement", held("procurement"), A, "yes"],
  ["a lawyer for a buyer", "procurement", held("legal"), A, "yes"],
  ["a lawyer for the officer", "dpo", held("legal"), A, "yes"],
  ["a lawyer for a lawyer", "legal", held("legal"), A, "yes"],
  ["a buyer for a lawyer: cannot read legal advice", "legal", held("procurement"), A, "not-allowed.delegate-role"],
  ["a buyer for the officer", "dpo", held("procurement"), A, "not-allowed.delegate-role"],
  ["the officer for a lawyer where the officer advises", "legal", held("dpo"), A, "not-allowed.delegate-role"],
  ["the officer for a lawyer where the officer decides", "legal", held("dpo"), B, "yes"],
  ["the officer for a buyer where the officer advises", "procurement", held("dpo"), A, "not-allowed.delegate-role"],
  ["a lawyer of another company", "procurement", held(["legal", "ent_b"]), A, "not-allowed.delegate-role"],
  ["a requester", "procurement", held("requester"), A, "not-allowed.delegate-role"],
  ["an administrator", "procurement", held("administrator"), A, "not-allowed.delegate-apart"],
  ["a lawyer who supervises", "procurement", held("legal", "supervisor"), A, "not-allowed.delegate-apart"],
  ["who holds nothing", "procurement", [], A, "not-allowed.delegate-role"],
] as const)("standing in, %s", (_name, role, mine, at, wanted) => {
  expect(says(mayStandIn(role, mine, at))).toBe(wanted)
})

test.each([
  ["for oneself", { toPerson: "psn_1" }, held("legal"), held("legal"), "not-allowed.delegate-self"],
  ["for a role that one does not hold", {}, held("dpo"), held("legal"), "not-allowed.delegate-unheld"],
  [
    "in a company where one does not hold it",
    { entityId: "ent_b" },
    held(["legal", "ent_a"]),
    held("legal"),
    "not-allowed.delegate-unheld",
  ],
  ["to one who fits in one company of two", {}, held("legal"), held(["legal", "ent_a"]), "not-allowed.delegate-role"],
  ["to the same one, for that company", { entityId: "ent_a" }, held("legal"), held(["legal", "ent_a"]), "yes"],
  ["wherever one holds it, which is there alone", {}, held(["legal", "ent_a"]), held(["legal", "ent_a"]), "yes"],
] as const)("a delegate %s", (_name, over, from, to, wanted) => {
  const ask = { fromPerson: "psn_1", toPerson: "psn_2", role: "legal" as const, entityId: null, ...over }
  expect(says(mayDelegate(ask, { from, to }, BOTH))).toBe(wanted)
})

test.each([
  ["yesterday", "2026-05-03", "2026-05-09", 1, "invalid.away-past"],
  ["today alone", "2026-05-04", "2026-05-04", 1, "yes"],
  ["the last day before the first", "2026-05-06", "2026-05-05", 1, "invalid.away-order"],
  ["longer than a year", "2026-05-04", "2027-06-01", 1, "invalid.away-long"],
  ["without end, with a delegate", "2026-05-04", null, 1, "invalid.away-end"],
  ["without end, with none", "2026-05-04", null, 0, "yes"],
] as const)("an absence, %s", (_name, from, to, delegates, wanted) => {
  const stretch = { fromOn: day(from), toOn: to === null ? null : day(to) }
  expect(says(isStretch(stretch, day("2026-05-04"), delegates))).toBe(wanted)
})

test("two absences overlap where they share a day, whichever is first", () => {
  const on = (fromOn: string, toOn: string | null) => ({ fromOn: day(fromOn), toOn: toOn === null ? null : day(toOn) })
  const may = on("2026-05-01", "2026-05-10")
  for (const [other, wanted] of [
    [on("2026-05-10", "2026-05-12"), true],
    [on("2026-05-11", "2026-05-12"), false],
    [on("2026-04-01", null), true],
    [on("2026-06-01", null), false],
  ] as const) {
    expect(overlaps(may, other)).toBe(wanted)
    expect(overlaps(other, may)).toBe(wanted)
  }
})

test("a role is named once a company, every company counting as each", () => {
  expect(
    namedTwice([
      { role: "legal", entityId: null },
      { role: "legal", entityId: "a" },
    ]),
  ).toBe(true)
  expect(
    namedTwice([
      { role: "legal", entityId: "b" },
      { role: "legal", entityId: "a" },
    ]),
  ).toBe(false)
  expect(
    namedTwice([
      { role: "legal", entityId: null },
      { role: "dpo", entityId: null },
    ]),
  ).toBe(false)
})

const anyHeld = fc
  .array(fc.tuple(fc.constantFrom(...ROLES), fc.constantFrom(null, "ent_a", "ent_b")), { maxLength: 4 })
  .map((list) => list.map(([role, entityId], i) => ({ grantId: `grt_${i}`, role, entityId, confirmed: true })))
const anyDelegation = fc.record({
  delegationId: fc.constant("dlg_1"),
  fromPerson: fc.constantFrom("psn_1", "psn_2"),
  role: fc.constantFrom(...DELEGABLE),
  entityId: fc.constantFrom(null, "ent_a", "ent_b"),
})

test("whatever is delegated to whom, nobody stands in where the absent one holds no role, nor in a company where they decide nothing", () => {
  fc.assert(
    fc.property(fc.array(anyDelegation, { maxLength: 4 }), anyHeld, anyHeld, anyHeld, (list, one, two, mine) => {
      const absent = new Map([["psn_1", one] as const, ["psn_2", two] as const])
      const at = (roles: readonly HeldRole[], role: Role, entityId: string): boolean =>
        roles.some((held) => held.role === role && (held.entityId === null || held.entityId === entityId))
      for (const seat of standsInFor(list as Delegated[], absent as ReadonlyMap<string, HeldRole[]>, mine, BOTH)) {
        expect(at(absent.get(seat.forPerson as "psn_1") ?? [], seat.role, seat.entityId)).toBe(true)
        expect(DELEGABLE.some((role) => at(mine, role, seat.entityId))).toBe(true)
        expect(mine.some((held) => held.role === "administrator" || held.role === "supervisor")).toBe(false)
      }
    }),
  )
})
