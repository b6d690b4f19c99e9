import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { nthId } from "@/testing/flow"
import { typedParty } from "@/testing/bodies"
import { coreName, hostKey, hostsUp, keysOfParty, numberKey } from "./keys"
import { readPasted } from "./read-list"
import { likeness, reconcile, totals, type KnownSupplier, type SupplierLine } from "./reconcile"

const party = (n: number, over: Parameters<typeof typedParty>[0]): KnownSupplier => {
  const body = typedParty(over)
  const country = body.country.state === "known" ? body.country.value : null
  return { partyId: nthId("party", n), country, decision: body.dataDecision, keys: keysOfParty(body) }
}
const line = (name: string, over: Partial<SupplierLine> = {}): SupplierLine => ({
  ...{ line: 1, name, country: null, numbers: [], hosts: [] },
  ...over,
})

const REGISTER = [
  party(1, { legalName: "Harbour Cloud Ltd", identifiers: [{ kind: "vat", value: "IE 1234567 T" }] }),
  party(2, { legalName: "Meadow Mail B.V.", otherNames: ["Meadowpost"], website: known("https://www.meadow.example") }),
  party(3, { legalName: "Stationer's Corner GmbH", dataDecision: "no-personal-data" }),
  party(4, { legalName: "Otter Analytics S.A.", dataDecision: "undecided", latinName: known("Otter Data") }),
  party(5, { legalName: "Lantern", country: known("FR") }),
  party(6, { legalName: "Lantern", country: known("DE") }),
]
const one = (asked: SupplierLine) => reconcile([asked], REGISTER)[0]

describe("a line is matched by the surest sign that it has", () => {
  test.each([
    ["an equal name, whatever its case and accents", line("HARBOUR  Cloud, Ltd."), 1, "name", "matched"],
    ["another name", line("MeadowPost"), 2, "other-name", "matched"],
    ["a Latin name", line("otter data"), 4, "other-name", "undecided"],
    ["a number of the tax office", line("HC", { numbers: ["ie-1234567t"] }), 1, "number", "matched"],
    ["a host below its domain", line("Mail", { hosts: ["https://login.meadow.example/sso"] }), 2, "host", "matched"],
    ["an e-mail address", line("Mail", { hosts: ["bills@meadow.example"] }), 2, "host", "matched"],
    ["a name without its legal form", line("Stationers Corner"), 3, "similar", "negative"],
    ["a name with a slip", line("Harbor Cloud Limited"), 1, "similar", "matched"],
    ["an equal name in the line's own country", line("Lantern", { country: "DE" }), 6, "name", "matched"],
    ["an equal name, the one that is there longest", line("Lantern"), 5, "name", "matched"],
  ] as const)("%s", (_what, asked, n, how, group) => {
    expect(one(asked)).toMatchObject({ partyId: nthId("party", n), how, group })
  })
  test("a number goes before a name that says otherwise", () => {
    expect(one(line("Meadow Mail B.V.", { numbers: ["IE1234567T"] }))).toMatchObject({ how: "number" })
  })
})

test.each([
  ["a stranger", line("Copper Parcel")],
  ["a like name in another country", line("Harbor Cloud", { country: "US" })],
  ["a number of three signs", line("X", { numbers: ["IE1"] })],
  ["a name of one word that it shares with another", line("Cloud")],
  ["the domain above a party's host", line("Z", { hosts: ["example"] })],
])("%s stays unmatched", (_what, asked) => {
  expect(one(asked)).toEqual({ line: 1, group: "unmatched", partyId: null, how: null, by: null })
})

test.each([
  ["Acme GmbH & Co. KG", "acme"],
  ["Meadow Mail B.V.", "meadow mail"],
  ["Otter S.à r.l.", "otter"],
  ["Ltd", "ltd"],
  ["株式会社", "株式会社"],
])("the core of %s is %s", (name, core) => expect(coreName(name)).toBe(core))

test.each([
  ["https://www.Acme.example/x?y", "acme.example"],
  ["acme.example.", "acme.example"],
  ["who@mail.acme.example", "mail.acme.example"],
  ["Acme Ltd", null],
  ["10.0.0.1", null],
  ["v1.2", null],
])("the host of %s is %s", (text, host) => expect(hostKey(text)).toBe(host))

test("hosts go up to the domain and no further, numbers lose their signs", () => {
  expect(hostsUp("a.b.acme.example")).toEqual(["a.b.acme.example", "b.acme.example", "acme.example"])
  expect([numberKey("DE 811-234.567"), numberKey("AB"), numberKey("ABCDEF")]).toEqual(["DE811234567", null, null])
})

describe("a pasted list", () => {
  test("with a header is read by its columns", () => {
    const { lines } = readPasted(
      "Vendor name\tVAT No\tCountry\tWebsite\nAcme, Inc.\tDE811234567\tGermany\tacme.example\n",
    )
    expect(lines).toEqual([
      { line: 2, name: "Acme, Inc.", country: "DE", numbers: ["DE811234567"], hosts: ["acme.example"] },
    ])
  })
  test("without one by what stands in it; a comma belongs to the name", () => {
    const { lines, empty } = readPasted("Acme, Inc.\n\nDE811234567;Beta AG;de\nbeta.example\n;;\n")
    expect(lines.map(({ line: at, name, country }) => [at, name, country])).toEqual([
      [1, "Acme, Inc.", null],
      [3, "Beta AG", "DE"],
      [4, "beta.example", null],
    ])
    expect(empty).toBe(1)
  })
  test("of sign-on apps is read as well", () => {
    expect(readPasted("Application\tDomain\nWiki\twiki.example").lines).toMatchObject([
      { name: "Wiki", hosts: ["wiki.example"] },
    ])
  })
  test("is cut at its limit, and says so", () => {
    const { lines, more } = readPasted(Array.from({ length: 2_500 }, (_, i) => `Supplier ${i}`).join("\n"))
    expect([lines.length, more]).toEqual([2_000, true])
  })
})

const WORDS = ["harbour", "cloud", "meadow", "mail", "otter", "copper", "parcel", "lantern", "ltd", "gmbh"]
const names = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 3 }).map((words) => words.join(" "))
const someLines = fc
  .array(
    fc.record({ name: names, country: fc.constantFrom(null, "DE", "IE"), host: fc.constantFrom(null, "a.example") }),
    {
      maxLength: 30,
    },
  )
  .map((list) =>
    list.map((item, i) => line(item.name, { line: i + 1, country: item.country, hosts: item.host ? [item.host] : [] })),
  )
const someParties = fc
  .array(
    fc.record({
      name: names,
      country: fc.constantFrom("DE", "IE"),
      decision: fc.constantFrom("receives-data", "undecided", "no-personal-data"),
      hosts: fc.subarray(["a.example", "b.example"]),
    }),
    { maxLength: 12 },
  )
  .map((list) =>
    list.map((item, i) =>
      party(i + 1, {
        ...{ legalName: item.name, country: known(item.country as "DE"), hosts: item.hosts },
        dataDecision: item.decision as "undecided",
      }),
    ),
  )

test("every line lands in exactly one group, and the groups add up to the list", () => {
  fc.assert(
    fc.property(someLines, someParties, (lines, parties) => {
      const found = reconcile(lines, parties)
      expect(found.map((item) => item.line)).toEqual(lines.map((item) => item.line))
      const sum = totals(found)
      expect(sum.matched + sum.negative + sum.undecided + sum.unmatched).toBe(lines.length)
      expect(sum.open).toBe(sum.lines - sum.matched - sum.negative)
      for (const item of found) expect(item.group === "unmatched").toBe(item.partyId === null)
    }),
    { numRuns: 500 },
  )
})

test("the order of the lines and of the register changes nothing", () => {
  fc.assert(
    fc.property(
      someLines.chain((lines) => fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length }))),
      someParties.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([lines, shuffled], [parties, mixed]) => {
        const byLine = (list: ReturnType<typeof reconcile>) => [...list].sort((a, b) => a.line - b.line)
        expect(byLine(reconcile(shuffled, mixed))).toEqual(byLine(reconcile(lines, parties)))
      },
    ),
    { numRuns: 500 },
  )
})

test("a supplier that is in the register under its own name is always found", () => {
  fc.assert(
    fc.property(someLines, someParties, (lines, parties) => {
      const mine = party(99, { legalName: "Never Seen Before Works" })
      const [found] = reconcile([line("never seen before works"), ...lines], [...parties, mine])
      expect(found).toMatchObject({ partyId: mine.partyId, how: "name" })
    }),
  )
})

test("likeness is the same from either side, and whole only for equal names", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      expect(likeness(a, b)).toBe(likeness(b, a))
      expect(likeness(a, b) >= 0 && likeness(a, b) <= 1).toBe(true)
      expect(likeness(a, a)).toBe(1)
    }),
  )
})
