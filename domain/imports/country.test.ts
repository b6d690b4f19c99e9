import fc from "fast-check"
import { expect, test } from "vitest"
import { COUNTRIES } from "@/domain/core/countries.data"
import { readCountry } from "./country"
import { piecesOf } from "./pieces"

/** Names that the standard's list itself gives, and that are asked back all the same. */
const ASKED = new Set(["UK", "Congo"])

test("every country is read from its code, its three letters and its name in English, German and French", () => {
  for (const [code, three, ...names] of COUNTRIES) {
    const local = ["en", "de", "fr"].map(
      (language) => new Intl.DisplayNames([language], { type: "region" }).of(code) ?? "",
    )
    for (const word of [code, code.toLowerCase(), three, ...names, ...local].filter((name) => !ASKED.has(name)))
      expect([word, readCountry(word)]).toEqual([word, { code }])
  }
})

test.each([
  ["NA", "NA"],
  ["the Netherlands", "NL"],
  ["  united   states ", "US"],
  ["U.S.A.", "US"],
  ["Korea, Republic of", "KR"],
  ["Türkei", "TR"],
  ["Côte d'Ivoire", "CI"],
  ["Ireland (Dublin)", "IE"],
])("%s is %s", (word, code) => {
  expect(readCountry(word)).toEqual({ code })
})

test.each([
  ["UK", { says: "import.country-meant", params: { value: "UK", meant: "GB", name: "United Kingdom" } }],
  ["EL", { says: "import.country-meant", params: { value: "EL", meant: "GR", name: "Greece" } }],
  ["Varies", { says: "import.country-region", params: { value: "Varies" } }],
  ["European Union", { says: "import.country-region", params: { value: "European Union" } }],
  ["EU", { says: "import.country-region", params: { value: "EU" } }],
  ["Atlantis", { says: "import.no-country", params: { value: "Atlantis" } }],
  ["Congo", { says: "import.country-which", params: { value: "Congo", codes: "CD, CG" } }],
  ["XX", { says: "import.no-country", params: { value: "XX" } }],
  ["N/A", { says: "import.no-country", params: { value: "N/A" } }],
  ["", { says: "import.no-country", params: { value: "" } }],
])("%s is no country, and the sentence says why", (word, problem) => {
  expect(readCountry(word)).toEqual(problem)
})

const code = (piece: string): string | null => {
  const read = readCountry(piece)
  return "code" in read ? read.code : null
}

test.each([
  ["US, IE; Germany", ["US", "IE", "DE"], []],
  ["Korea, Republic of, Japan and Trinidad and Tobago", ["KR", "JP", "TT"], []],
  ["Germany / France & Italy", ["DE", "FR", "IT"], []],
  ["Deutschland und Österreich\nSchweiz", ["DE", "AT", "CH"], []],
  ["US, US", ["US"], []],
  ["US, somewhere, EU", ["US"], ["somewhere", "EU"]],
  ["", [], []],
])("%j lists %j and leaves %j", (cell, found, strange) => {
  expect(piecesOf(cell, code)).toEqual({ found, strange })
})

test("countries listed in any order and with any separator are all found", () => {
  const names = COUNTRIES.map(([iso, , name]) => [iso, name] as const)
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 6, selector: ([iso]) => iso }),
      fc.constantFrom("; ", ", ", " and ", " / ", "\n", " & "),
      (countries, between) => {
        const { found, strange } = piecesOf(countries.map(([, name]) => name).join(between), code)
        expect(strange).toEqual([])
        expect(found.sort()).toEqual(countries.map(([iso]) => iso).sort())
      },
    ),
  )
})
