import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE, unknown } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { blankOf, FIELDS } from "@/domain/records/fields"
import { RECORD_KINDS, type RecordKind } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { typedEntity, typedParty } from "@/testing/bodies"
import { aLine, nthId, OPEN, typedSharing } from "@/testing/in-2026"
import { cellsOf, columnsOf } from "./columns"

const KINDS = [...RECORD_KINDS, "entity"] as const

function cell(kind: RecordKind | "entity", body: unknown, column: string): string | undefined {
  const at = columnsOf(kind).indexOf(column)
  if (at < 0) throw new Error(`${kind} has no column ${column}`)
  return cellsOf(kind, body)[at]
}
const ofParty = (over: Partial<Party>, column: string) => cell("party", typedParty(over), column)
const ofSharing = (over: Partial<Sharing>, column: string) =>
  cell("sharing", typedSharing({ entityId: nthId("entity", 1), partyId: nthId("party", 1) }, over), column)

describe("the columns of a table", () => {
  test.each(KINDS)("have each a name of their own, and a cell for each: %s", (kind) => {
    const columns = columnsOf(kind)
    expect(new Set(columns).size).toBe(columns.length)
    expect(cellsOf(kind, blankOf(FIELDS[kind]))).toHaveLength(columns.length)
  })
  test("leave no field of a kind out", () => {
    for (const kind of KINDS)
      expect(new Set(columnsOf(kind).map((name) => name.split(".")[0]))).toEqual(
        new Set(FIELDS[kind].fields.map((field) => field.name)),
      )
  })
  test("go down to the members of a group, of a list, and of a list in a list", () => {
    expect(columnsOf("sharing")).toEqual(
      expect.arrayContaining([
        "title",
        "retention",
        "retention.days",
        "dataLines",
        "dataLines.necessity",
        "destinations.mechanisms",
        "destinations.mechanisms.regime",
      ]),
    )
  })
})

describe("an answer in a table", () => {
  test("says its value, or which of the three other states it has", () => {
    expect(ofParty({ notes: known("Met at the fair.") }, "notes")).toBe("Met at the fair.")
    expect(ofParty({ notes: BLANK }, "notes")).toBe("")
    expect(ofParty({ notes: unknown("Ada", day("2026-05-01")) }, "notes")).toBe("not known yet")
    expect(ofParty({ notes: NOT_APPLICABLE }, "notes")).toBe("does not apply")
  })
  test("that was typed in the words of a state is told apart from the state", () => {
    expect(ofParty({ notes: known("not known yet") }, "notes")).toBe('"not known yet"')
    expect(ofParty({ notes: known('"not known yet"') }, "notes")).toBe('"""not known yet"""')
    expect(ofParty({ notes: known("") }, "notes")).toBe('""')
  })
  test("that holds a list tells nothing in it from not answered", () => {
    expect(ofSharing({ products: known([]) }, "products")).toBe("(none)")
    expect(ofSharing({ products: BLANK }, "products")).toBe("")
    expect(ofSharing({ products: unknown() }, "products")).toBe("not known yet")
  })
  test("that holds a group says so in a column of its own and its state in every member", () => {
    const given = { retention: known({ days: unknown(), trigger: BLANK, deletion: known("erased") }) }
    expect(ofSharing(given, "retention")).toBe("given")
    expect(ofSharing(given, "retention.days")).toBe("not known yet")
    expect(ofSharing(given, "retention.trigger")).toBe("")
    expect(ofSharing({ retention: NOT_APPLICABLE }, "retention")).toBe("does not apply")
    expect(ofSharing({ retention: NOT_APPLICABLE }, "retention.deletion")).toBe("does not apply")
  })
  test("of any text reads as no state and as no other text", () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom('"', ";", " ", "a", "|") }),
      fc.constantFrom("", "not known yet", "does not apply", "(none)", '"(none)"', '""'),
    )
    fc.assert(
      fc.property(text, text, (one, other) => {
        const printed = ofParty({ notes: known(one) }, "notes")
        expect(["", "not known yet", "does not apply"]).not.toContain(printed)
        expect(printed === ofParty({ notes: known(other) }, "notes")).toBe(one === other)
      }),
    )
  })
})

describe("a list in a table", () => {
  test("stands in one cell, joined by semicolons", () => {
    expect(ofParty({ otherNames: ["Harbour", "HC"] }, "otherNames")).toBe("Harbour; HC")
  })
  test("keeps an item whole that holds a semicolon itself", () => {
    expect(ofParty({ otherNames: ["Smith; Sons", "HC"] }, "otherNames")).toBe('"Smith; Sons"; HC')
  })
  test("of lines gives how many there are, and the members of each line in step", () => {
    const lines = known([
      aLine("acct.identifier", { necessity: unknown(), firstOn: day("2026-01-01") }),
      aLine("device.id", { necessity: known("To mend it."), retentionDays: known(30) }),
    ])
    expect(ofSharing({ dataLines: lines }, "dataLines")).toBe("2")
    expect(ofSharing({ dataLines: lines }, "dataLines.kind")).toBe("acct.identifier; device.id")
    expect(ofSharing({ dataLines: lines }, "dataLines.necessity")).toBe("not known yet; To mend it.")
    expect(ofSharing({ dataLines: lines }, "dataLines.retentionDays")).toBe("; 30")
    expect(ofSharing({ dataLines: lines }, "dataLines.firstOn")).toBe("2026-01-01; ")
    expect(ofSharing({ dataLines: BLANK }, "dataLines")).toBe("")
    expect(ofSharing({ dataLines: known([]) }, "dataLines")).toBe("0")
    expect(ofSharing({ dataLines: unknown() }, "dataLines.kind")).toBe("not known yet")
  })
  test("within a line is joined by bars", () => {
    const line = { module: BLANK, agreementId: null, assessmentId: null, evidence: BLANK, ...OPEN }
    const destinations = known([
      {
        country: "US",
        kind: "storage" as const,
        mechanisms: [
          { ...line, regime: "EU" as const, mechanism: "scc" as const },
          { ...line, regime: "UK" as const, mechanism: "scc" as const },
        ],
        ...OPEN,
      },
      { country: "IE", kind: "storage" as const, mechanisms: [], ...OPEN },
    ])
    const over = { destinations } as unknown as Partial<Sharing>
    expect(ofSharing(over, "destinations.country")).toBe("US; IE")
    expect(ofSharing(over, "destinations.mechanisms")).toBe("2; 0")
    expect(ofSharing(over, "destinations.mechanisms.regime")).toBe("EU | UK; ")
  })
  test("of the persons for whom a record exists tells nobody from everybody", () => {
    expect(ofParty({ restrictedTo: null }, "restrictedTo")).toBe("")
    expect(ofParty({ restrictedTo: [] }, "restrictedTo")).toBe("(none)")
  })
})

test("our own companies say which seats they merged", () => {
  expect(cell("entity", typedEntity({ mergeSeats: true }), "mergeSeats")).toBe("yes")
  expect(cell("entity", typedEntity(), "mergeSeats")).toBe("no")
})
