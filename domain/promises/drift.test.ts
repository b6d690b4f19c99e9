import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PARTY_KINDS, PARTY_SUB_KINDS } from "@/domain/vocabulary/parties"
import { drift, type DriftLine, type Held, type NamingNotice } from "./drift"
import { NAMED_RECIPIENTS } from "./named.data"

const NOTHING: Held = { recipients: [], data: [], countries: [] }
const held = (over: Partial<Held>): Held => ({ ...NOTHING, ...over })
const notice = (over: Partial<NamingNotice>): NamingNotice => ({
  ...{ id: "ntc_1", dataKinds: [], recipientKinds: [], countries: [] },
  ...over,
})
const lines = (notices: NamingNotice[], of: Partial<Held>) => drift(NAMED_RECIPIENTS, notices, held(of)).lines
const find = (all: DriftLine[], what: string, kind: string | null, code: string | null) =>
  all.find((one) => one.what === what && one.kind === kind && one.code === code)

test("an empty register holds nothing of what the statement names", () => {
  const all = lines([], {})
  expect(new Set(all.map((one) => one.side))).toEqual(new Set(["named-only"]))
  expect(find(all, "recipient", "partner", "logistics")?.clauses).toEqual(["S-III.B-4.2"])
  expect(find(all, "data", "partner", "family:order")).toBeDefined()
})

describe("recipients", () => {
  test("that the statement names and the register holds are on both sides", () => {
    const all = lines([], { recipients: [{ kind: "partner", subKind: "logistics", flows: 3 }] })
    expect(find(all, "recipient", "partner", "logistics")).toMatchObject({ side: "both", flows: 3 })
  })
  test("of a kind that the statement names as a whole are one, whatever they do", () => {
    const recipients = [
      { kind: "processor", subKind: "support", flows: 2 },
      { kind: "processor", subKind: null, flows: 1 },
    ]
    const all = lines([], { recipients })
    expect(find(all, "recipient", "processor", null)).toMatchObject({ side: "both", flows: 3 })
    expect(find(all, "recipient", "processor", "support")).toBeUndefined()
  })
  test.each([["agency"], [null]] as const)("partners of the kind %s are named nowhere", (subKind) => {
    const all = lines([], { recipients: [{ kind: "partner", subKind, flows: 1 }] })
    expect(find(all, "recipient", "partner", subKind)).toMatchObject({ side: "held-only", clauses: [], flows: 1 })
  })
  test("whom we only link to are no drift, for they receive nothing; with a flow they are", () => {
    const told = notice({ recipientKinds: ["linked-only"] })
    expect(find(lines([told], {}), "recipient", "linked-only", null)).toBeUndefined()
    const recipients = [{ kind: "linked-only", subKind: null, flows: 1 }]
    expect(find(lines([], { recipients }), "recipient", "linked-only", null)?.side).toBe("held-only")
  })
  test("that a notice names are named", () => {
    const recipients = [{ kind: "partner", subKind: "agency" as const, flows: 1 }]
    const all = lines([notice({ recipientKinds: ["partner"] })], { recipients })
    expect(find(all, "recipient", "partner", null)).toMatchObject({ side: "both", notices: ["ntc_1"] })
    expect(all.filter((one) => one.what === "recipient" && one.side === "held-only")).toEqual([])
  })
})

describe("data", () => {
  const partner = (dataKind: string) => [{ kind: "partner", dataKind, flows: 1 }]
  test("of a family that the statement names for partners is named", () => {
    const all = lines([], { data: partner("order.number") })
    expect(find(all, "data", "partner", "order.number")).toMatchObject({ side: "both" })
    expect(find(all, "data", "partner", "family:order")).toBeUndefined()
  })
  test("of no family is named by nobody, until a notice does", () => {
    expect(find(lines([], { data: partner("contact.email") }), "data", "partner", "contact.email")?.side).toBe(
      "held-only",
    )
    const told = notice({ recipientKinds: ["partner"], dataKinds: ["contact.email"] })
    expect(find(lines([told], { data: partner("contact.email") }), "data", "partner", "contact.email")?.side).toBe(
      "both",
    )
  })
  test("that a notice names for others says nothing of partners", () => {
    const told = notice({ recipientKinds: ["affiliate"], dataKinds: ["contact.email"] })
    const all = lines([told], { data: partner("contact.email") })
    expect(find(all, "data", "partner", "contact.email")?.side).toBe("held-only")
    expect(find(all, "data", "affiliate", "contact.email")?.side).toBe("named-only")
  })
  test("is not compared for recipients for whom nothing is named", () => {
    const all = lines([], { data: [{ kind: "processor", dataKind: "contact.email", flows: 1 }] })
    expect(all.filter((one) => one.what === "data" && one.kind === "processor")).toEqual([])
  })
})

test("countries are named by notices alone, and held against them both ways", () => {
  const all = lines([notice({ countries: ["DE", "FR"] })], {
    countries: [
      { country: "DE", flows: 2 },
      { country: "US", flows: 1 },
    ],
  })
  expect(all.filter((one) => one.what === "country").map((one) => [one.code, one.side])).toEqual([
    ["DE", "both"],
    ["FR", "named-only"],
    ["US", "held-only"],
  ])
})

const kind = fc.constantFrom(...PARTY_KINDS.map((one) => one.code))
const dataKind = fc.constantFrom(...DATA_KINDS.map((one) => one.code))
const flows = fc.integer({ min: 1, max: 9 })
const anyHeld: fc.Arbitrary<Held> = fc.record({
  recipients: fc.uniqueArray(
    fc.record({ kind, subKind: fc.constantFrom(null, ...PARTY_SUB_KINDS.map((one) => one.code)), flows }),
    { selector: (one) => `${one.kind} ${one.subKind}`, maxLength: 12 },
  ),
  data: fc.uniqueArray(fc.record({ kind, dataKind, flows }), {
    selector: (one) => `${one.kind} ${one.dataKind}`,
    maxLength: 12,
  }),
  countries: fc.uniqueArray(fc.record({ country: fc.constantFrom("DE", "US", "CN", "FR"), flows }), {
    selector: (one) => one.country,
  }),
})
const anyNotices = fc.array(
  fc.record({
    id: fc.constantFrom("ntc_1", "ntc_2"),
    dataKinds: fc.uniqueArray(dataKind, { maxLength: 3 }),
    recipientKinds: fc.uniqueArray(kind, { maxLength: 3 }),
    countries: fc.subarray(["DE", "US", "BR"]),
  }),
  { maxLength: 3 },
)

test("each thing comes out once, on the side that its names and its flows say, and no flow is lost", () => {
  fc.assert(
    fc.property(anyNotices, anyHeld, (notices, of) => {
      const { lines: all, dataNamedFor } = drift(NAMED_RECIPIENTS, notices, of)
      const keys = all.map((one) => `${one.what} ${one.kind} ${one.code}`)
      expect(new Set(keys).size).toBe(keys.length)
      for (const one of all) {
        const named = one.clauses.length + one.notices.length > 0
        expect(one.side).toBe(one.flows === 0 ? "named-only" : named ? "both" : "held-only")
        expect(named || one.flows > 0).toBe(true)
      }
      const total = (list: readonly { flows: number }[]) => list.reduce((sum, one) => sum + one.flows, 0)
      expect(total(all.filter((one) => one.what === "recipient"))).toBe(total(of.recipients))
      expect(total(all.filter((one) => one.what === "country"))).toBe(total(of.countries))
      expect(total(all.filter((one) => one.what === "data"))).toBe(
        total(of.data.filter((one) => dataNamedFor.includes(one.kind))),
      )
    }),
    { numRuns: 300 },
  )
})
