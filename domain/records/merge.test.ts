import fc from "fast-check"
import { expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { typedParty } from "@/testing/bodies"
import { broughtUpToDate, sidesOf } from "./merge"

const base = typedParty()

test("what only one side changed is taken from that side", () => {
  const merged = broughtUpToDate<"party">(
    base,
    typedParty({ legalName: "Harbour Cloud plc" }),
    typedParty({ website: known("https://harbour.example") }),
  )
  expect(merged.both).toEqual([])
  expect(merged.body).toEqual(typedParty({ legalName: "Harbour Cloud plc", website: known("https://harbour.example") }))
})

test("what both changed differently stays as proposed and is named", () => {
  const merged = broughtUpToDate<"party">(base, typedParty({ legalName: "A" }), typedParty({ legalName: "B" }))
  expect(merged).toEqual({ body: typedParty({ legalName: "A" }), both: ["legalName"] })
})

test("what both changed alike is no conflict", () => {
  const alike = typedParty({ country: known("FR") })
  expect(broughtUpToDate<"party">(base, alike, alike)).toEqual({ body: alike, both: [] })
})

const aBody = fc
  .record({
    legalName: fc.constantFrom("A", "B", "C"),
    country: fc.constantFrom("IE", "FR"),
    risk: fc.constantFrom("low", "high"),
  })
  .map(({ legalName, country, risk }) =>
    typedParty({ legalName, country: known(country), risk: known(risk as "low" | "high") }),
  )

test("an unchanged proposal becomes what is in force, and an unmoved ground changes nothing", () => {
  fc.assert(
    fc.property(aBody, aBody, (one, other) => {
      expect(broughtUpToDate<"party">(one, one, other)).toEqual({ body: other, both: [] })
      expect(broughtUpToDate<"party">(one, other, one)).toEqual({ body: other, both: [] })
    }),
  )
})

test("of a field that both changed the side that was chosen is taken, and all else goes by itself", () => {
  const proposed = { ...base, legalName: "Mine", website: known("https://mine.example") }
  const inForce = { ...base, legalName: "Theirs", tags: ["theirs"] }
  expect(sidesOf<"party">(base, proposed, inForce)).toEqual({
    both: ["legalName"],
    theirs: ["tags"],
    mine: ["website"],
  })
  const read = (theirs: string[]) => broughtUpToDate<"party">(base, proposed, inForce, new Set(theirs)).body
  expect(read([])).toMatchObject({ legalName: "Mine", tags: ["theirs"], website: known("https://mine.example") })
  expect(read(["legalName"])).toMatchObject({ legalName: "Theirs", website: known("https://mine.example") })
  expect(sidesOf<"party">(base, proposed, proposed)).toEqual({ both: [], theirs: [], mine: [] })
})
