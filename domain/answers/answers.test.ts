import { describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { aBasis, aGround, aLine, nthId, OPEN, typedSharing } from "@/testing/flow"
import { verdictCounts, verdictOf } from "./completeness"
import { FAMILIES, isDataWord, kindsAsked } from "./data-families"
import { entitledBy, roleOfStage, type GrantThen } from "./entitled"
import { flowOnDay } from "./flow-on-day"
import { readRecipients, recipientsShape, recipientsWords } from "./recipients"

describe("kinds of data", () => {
  test("a family asks for every kind in it, and every kind has one", () => {
    expect(kindsAsked(["contact.*"])).toEqual(["contact.email", "contact.phone", "contact.address", "contact.others"])
    expect(kindsAsked(["contact.email", "contact.*", "fin.card"])).toHaveLength(5)
    expect(kindsAsked([])).toEqual([])
    expect(kindsAsked(FAMILIES.map((family) => `${family}.*`))).toEqual(DATA_KINDS.map(({ code }) => code))
  })
  test.each([
    ["contact.email", true],
    ["contact.*", true],
    ["contact", false],
    ["*", false],
    ["shoes.*", false],
  ])("%s is a word for data: %s", (word, is) => expect(isDataWord(word)).toBe(is))
})

describe("the question who receives data", () => {
  test("reads its words, in either form, and says them again in one order", () => {
    const said = new URLSearchParams("data=fin.card&data=contact.*&people=child,user&country=Germany, US")
    const { query, unknown } = readRecipients(said)
    expect(unknown).toEqual([])
    expect(recipientsWords(query)).toEqual([
      ["data", "contact.*,fin.card"],
      ["people", "child,user"],
      ["country", "DE,US"],
    ])
    expect(readRecipients(new URLSearchParams(recipientsWords(query))).query).toEqual(query)
    expect(recipientsShape.parse(JSON.parse(JSON.stringify(query)))).toEqual(query)
  })
  test("leaves out what is no word, and names it", () => {
    const { query, unknown } = readRecipients(
      new URLSearchParams("data=shoes&country=Atlantis&entity=ent_1&people=__proto__"),
    )
    expect(query).toEqual({ kind: "recipients", data: [], people: [], countries: [], entities: [] })
    expect(unknown).toEqual(["shoes", "__proto__", "Atlantis", "ent_1"])
  })
  test("asks for so many words at most, whatever an address holds", () => {
    const many = new URLSearchParams(Array.from({ length: 5_000 }, () => ["data", "fin.card"]))
    expect(readRecipients(many).query.data).toEqual(["fin.card"])
  })
})

describe("a flow on a day", () => {
  const flow = typedSharing(
    { entityId: nthId("entity", 1), partyId: nthId("party", 2) },
    {
      dataLines: known([
        aLine("contact.email", { lastOn: day("2026-03-31") }),
        aLine("fin.card", { firstOn: day("2026-04-01") }),
      ]),
      destinations: known([
        { country: "IE", kind: "storage", mechanisms: [], ...OPEN },
        { country: "US", kind: "access", mechanisms: [], firstOn: day("2026-04-01"), lastOn: day("2026-04-30") },
      ]),
      grounds: [aGround("consent", { lastOn: day("2026-03-31") })],
      bases: [aBasis("eu.6.1.b"), aBasis("eu.6.1.a", { firstOn: day("2027-01-01") })],
    },
  )
  test.each([
    ["2026-03-31", ["contact.email"], ["IE"], 1],
    ["2026-04-01", ["fin.card"], ["IE", "US"], 0],
    ["2026-05-01", ["fin.card"], ["IE"], 0],
  ])("on %s holds what held then", (on, data, countries, grounds) => {
    const was = flowOnDay(flow, day(on))
    expect([was.data, was.places.map((place) => place.country), was.grounds.length]).toEqual([data, countries, grounds])
    expect(was.bases).toEqual([{ regime: "EU", basis: "eu.6.1.b" }])
  })
})

describe("who was entitled", () => {
  const grant = (over: Partial<GrantThen>): GrantThen => ({
    ...{
      grantId: "grt_1",
      role: "legal",
      entityId: null,
      state: "confirmed",
      untilAt: null,
      byName: null,
      logIndex: 1,
    },
    at: "2026-01-01T00:00:00.000Z",
    ...over,
  })
  const on = { stage: "second-legal", entityId: "ent_a", at: "2026-05-04T10:00:00.000Z" }
  test.each([
    [grant({}), true],
    [grant({ entityId: "ent_a" }), true],
    [grant({ entityId: "ent_b" }), false],
    [grant({ role: "dpo" }), false],
    [grant({ state: "revoked" }), false],
    [grant({ state: "waiting" }), false],
    [grant({ untilAt: "2026-05-04T10:00:00.000Z" }), false],
    [grant({ untilAt: "2026-05-04T10:00:00.001Z" }), true],
  ])("by %j: %s", (held, is) => expect(entitledBy([held], on) !== null).toBe(is))
  test("a role for the company itself goes before one for all", () => {
    expect(entitledBy([grant({}), grant({ grantId: "grt_2", entityId: "ent_a" })], on)?.grantId).toBe("grt_2")
    expect(roleOfStage("procurement")).toBe("procurement")
  })
})

test("a similar name is no answer: the line stays unknown and the party is offered", () => {
  const alike = verdictOf({ line: 3, group: "matched", partyId: "pty_1", how: "similar", by: "81" })
  expect(alike).toEqual({ line: 3, verdict: "unknown", partyId: "pty_1", how: "similar", likeness: 81 })
  const sure = verdictOf({ line: 4, group: "negative", partyId: "pty_2", how: "name", by: "x" })
  expect(sure.verdict).toBe("no-personal-data")
  expect(verdictCounts([alike, sure])).toEqual({ registered: 0, "no-personal-data": 1, undecided: 0, unknown: 1 })
})
