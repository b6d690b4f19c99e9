import fc from "fast-check"
import { expect, test } from "vitest"
import type { StandIn } from "@/domain/people/stand-in"
import type { Table } from "./four-eyes"
import { maySitFor } from "./on-behalf"
import { STAGES } from "./stages"

const HERE = "ent_here"
const at = (stage: string, entityId = HERE) => ({ stage, entityId })
const me = { kind: "person" as const, id: "psn_me" }
const lent = (role: StandIn["role"], entityId = HERE, forPerson = "psn_away"): StandIn => ({
  delegationId: "dlg_1",
  ...{ forPerson, role, entityId },
})
const table = (over: Partial<Table> = {}): Table => ({
  authors: ["psn_author"],
  stages: STAGES.map((stage) => ({ ...at(stage), seat: stage === "dpo" ? "advises" : "decides" })),
  seat: null,
  ...over,
})
const named = (...persons: string[]): Table => ({
  ...table(),
  stages: table().stages.map((stage) => ({ ...stage, persons })),
})
const behalf = (over: object = {}) => ({ personId: "psn_away", seat: null, standsIn: [lent("legal")], ...over })
const says = (outcome: { ok: boolean; says?: string }): string => (outcome.ok ? "yes" : (outcome.says ?? ""))

test.each([
  ["the delegate sits for the absent one", me, table(), at("legal"), behalf(), "yes"],
  ["at the second lawyer's place too", me, table(), at("second-legal"), behalf(), "yes"],
  ["not for another role of theirs", me, table(), at("procurement"), behalf(), "not-allowed.no-delegation"],
  ["not in another company", me, table(), at("legal", "ent_other"), behalf(), "not-allowed.no-such-stage"],
  ["not for another person", me, table(), at("legal"), behalf({ personId: "psn_other" }), "not-allowed.no-delegation"],
  ["not without delegation", me, table(), at("legal"), behalf({ standsIn: [] }), "not-allowed.no-delegation"],
  ["not with nobody named", me, table(), at("legal"), null, "not-allowed.no-delegation"],
  ["not on what the delegate made", me, table({ authors: ["psn_me"] }), at("legal"), behalf(), "not-allowed.author"],
  [
    "not on what the absent one made",
    me,
    table({ authors: ["psn_away"] }),
    at("legal"),
    behalf(),
    "not-allowed.absent-author",
  ],
  [
    "not where the delegate sits elsewhere",
    me,
    table({ seat: at("dpo") }),
    at("legal"),
    behalf(),
    "not-allowed.second-seat",
  ],
  [
    "not where the absent one sits elsewhere",
    me,
    table(),
    at("legal"),
    behalf({ seat: at("second-legal") }),
    "not-allowed.absent-seat",
  ],
  ["at a stage that names the absent one", me, named("psn_away"), at("legal"), behalf(), "yes"],
  [
    "not at one that names the delegate alone",
    me,
    named("psn_me"),
    at("legal"),
    behalf(),
    "not-allowed.absent-not-named",
  ],
  ["again where both sat there", me, table({ seat: at("legal") }), at("legal"), behalf({ seat: at("legal") }), "yes"],
  ["never for oneself", { ...me, id: "psn_away" }, table(), at("legal"), behalf(), "not-allowed.no-delegation"],
  ["the operator never", { kind: "operator" as const }, table(), at("legal"), behalf(), "not-allowed.needs-person"],
])("four eyes through a delegation: %s", (_name, who, on, where, of, wanted) => {
  // A stage of a company that the request does not concern is no stage, whatever is lent there.
  const standsIn = where.entityId === HERE || of === null ? of?.standsIn : [lent("legal", where.entityId)]
  expect(says(maySitFor(who, on, where, of === null ? null : { ...of, standsIn: standsIn ?? [] }))).toBe(wanted)
})

test("whatever is lent, neither of the two ever sits at a request of theirs, nor at two stages of one", () => {
  const place = fc.option(fc.constantFrom(...STAGES), { nil: null })
  fc.assert(
    fc.property(
      fc.subarray(["procurement", "legal", "dpo"] as StandIn["role"][]),
      fc.subarray(["psn_me", "psn_away"]),
      place,
      place,
      fc.constantFrom(...STAGES),
      (roles, authors, mine, theirs, wants) => {
        const on = table({ authors, seat: mine === null ? null : at(mine) })
        const of = behalf({ seat: theirs === null ? null : at(theirs), standsIn: roles.map((role) => lent(role)) })
        const role = wants === "second-legal" ? "legal" : wants
        const may = maySitFor(me, on, at(wants), of).ok
        expect(may).toBe(
          authors.length === 0 &&
            roles.includes(role) &&
            [mine, theirs].every((seat) => seat === null || seat === wants),
        )
      },
    ),
  )
})
