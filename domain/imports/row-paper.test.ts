import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { IMPORT_WORDS } from "@/components/words/import"
import { known, unknown } from "@/domain/core/answer"
import { makeId, type Id, type IdKind } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { SHAPES } from "@/domain/records/kinds"
import { recogniseColumns, type ColumnMap, type TargetField } from "./columns"
import { PAPER_FIELDS } from "./paper-columns"
import { readRow } from "./read-row"
import { readRenewal } from "./row-paper"
import { readMonths } from "./values"

let made = 0
const newId = <K extends IdKind>(kind: K): Id<K> => makeId(kind, (made += 1), new Uint8Array(10))
type Fields = Partial<Record<TargetField, string>>

function read(fields: Fields) {
  const header = ["legalName", ...Object.keys(fields)]
  const map = Object.fromEntries(header.map((field, at) => [at, field])) as ColumnMap
  const cells = ["Harbour Cloud Ltd", ...Object.values(fields)]
  return readRow({ sheet: null, row: 5, cells }, { header, map, guarded: true, entityId: newId("entity"), newId })
}
const paper = (fields: Fields): Agreement =>
  read(fields).proposals.find(({ kind }) => kind === "agreement")?.body as Agreement
const says = (fields: Fields) => read(fields).problems.map(({ column, says: key }) => [column, key])

const FULL: Fields = {
  ...{ paperKind: "NDA", paperTitle: "Deal", paperReference: "C-7", paperEffectOn: "2024-03-01" },
  ...{ paperEndsOn: "28.2.2026", paperInitialMonths: "2 years", paperRenewal: "automatic", paperRenewalMonths: "12" },
  ...{ paperNoticeMonths: "3 months", paperRenewalsMost: "4", paperNoticeOurs: "90 days", paperNoticeTheirs: "30" },
  ...{ paperNoticeAddress: "1 Quay, Cork", paperNoticeForm: "in writing", paperNoticeCounts: "on receipt" },
  ...{ paperObjectionDays: "14", paperDeletionDays: "30", paperGoverningLaw: "Ireland", paperOwner: "Piet Procure" },
}

test("the columns of a paper become an agreement whose life is known, and which is stated alone", () => {
  expect(says(FULL)).toEqual([])
  const body = paper(FULL)
  expect(body).toMatchObject({
    ...{ kind: "confidentiality", title: "Deal", knownHow: "stated", reference: known("C-7") },
    ...{ effectOn: known("2024-03-01"), endsOn: known("2026-02-28"), initialMonths: known(24) },
    renewal: known({ way: "tacit", months: 12, noticeMonths: 3 }),
    ...{ renewalsMost: known(4), noticeOurs: known(90), noticeTheirs: known(30), noticeCounts: known("received") },
    ...{ noticeAddress: known("1 Quay, Cork"), noticeForm: known("in writing"), objectionDays: known(14) },
    ...{ deletionDays: known(30), governingLaw: known("Ireland"), owner: known("Piet Procure") },
  })
  expect(SHAPES.agreement.safeParse(body).success).toBe(true)
})

test("of processing clauses the kind need not be said, of others it must", () => {
  expect(paper({ dpa: "yes", paperGoverningLaw: "unknown" })).toMatchObject({
    ...{ kind: "processing", title: "Processing clauses: Harbour Cloud Ltd", governingLaw: unknown() },
  })
  expect(says({ paperGoverningLaw: "Ireland" })).toEqual([[null, "import.paper-kind-missing"]])
  expect(read({ paperGoverningLaw: "n/a" }).proposals.map(({ kind }) => kind)).toEqual(["party"])
})

describe("what cannot stand is told at its cell", () => {
  test.each([
    [{ dpa: "no", paperTitle: "x", paperKind: "nda" }, [["dpa", "import.paper-and-none"]]],
    [{ dpa: "yes", paperKind: "shopping list" }, [["paperKind", "import.no-word"]]],
    [{ dpa: "yes", paperEffectOn: "31.2.2024" }, [["paperEffectOn", "import.no-day"]]],
    [{ dpa: "yes", paperEffectOn: "2024-02-01", paperEndsOn: "2024-01-31" }, [["paperEndsOn", "import.ends-before"]]],
    [
      { dpa: "yes", paperEffectOn: "2024-02-01", paperTerminatedOn: "2024-01-31" },
      [["paperTerminatedOn", "import.ends-before"]],
    ],
    [{ dpa: "yes", paperInitialMonths: "0" }, [["paperInitialMonths", "import.no-months"]]],
    [{ dpa: "yes", paperInitialMonths: "30 days" }, [["paperInitialMonths", "import.no-months"]]],
    [{ dpa: "yes", paperRenewal: "perhaps" }, [["paperRenewal", "import.no-renewal"]]],
    [{ dpa: "yes", paperRenewalMonths: "12" }, [["paperRenewalMonths", "import.renewal-way-missing"]]],
    [
      { dpa: "yes", paperRenewal: "automatic" },
      [
        ["paperRenewal", "import.renewal-months-missing"],
        ["paperRenewal", "import.renewal-notice-missing"],
      ],
    ],
    [{ dpa: "yes", paperRenewal: "never", paperRenewalMonths: "12" }, [["paperRenewalMonths", "import.renewal-never"]]],
    [
      { dpa: "yes", paperRenewal: "auto", paperRenewalMonths: "601", paperNoticeMonths: "121" },
      [
        ["paperRenewalMonths", "import.no-months"],
        ["paperNoticeMonths", "import.no-months"],
      ],
    ],
    [{ dpa: "yes", paperNoticeOurs: "4000" }, [["paperNoticeOurs", "import.no-days-notice"]]],
    [{ dpa: "yes", paperNoticeCounts: "by pigeon" }, [["paperNoticeCounts", "import.no-counts"]]],
    [{ dpa: "yes", paperRenewalsMost: "-1" }, [["paperRenewalsMost", "import.no-number"]]],
    [{ dpa: "yes", paperTitle: "=cmd()" }, [["paperTitle", "import.formula"]]],
    [{ dpa: "yes", paperGoverningLaw: "x".repeat(201) }, [["paperGoverningLaw", "import.too-long"]]],
  ] as [Fields, unknown[]][])("%j", (fields, problems) => {
    expect(says(fields)).toEqual(problems)
    for (const [, key] of problems as [string, string][]) expect(IMPORT_WORDS[key], key).toBeDefined()
  })
  test("whatever stands in them, a row is taken with a whole agreement or told", () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom("yes", "12", "auto", "2024-01-01", "never", "tbd", "n/a", "-5"))
    const fields = fc.dictionary(fc.constantFrom(...PAPER_FIELDS, "dpa" as const), cell)
    fc.assert(
      fc.property(fields, (some) => {
        const { proposals, problems } = read(some as Fields)
        expect(proposals.length === 0).toBe(problems.length > 0)
        for (const { kind, body } of proposals) expect(SHAPES[kind].safeParse(body).success).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

test("months and ways of renewal are read as people write them", () => {
  expect(["12", "12 months", "1 year", "2 Jahre", "6 mois", "12.0"].map(readMonths)).toEqual([12, 12, 12, 24, 6, 12])
  expect(["", "x", "30 days", "-1", "1.5", "99999"].map(readMonths)).toEqual([null, null, null, null, null, null])
  expect(["Automatisch", "yes", "by act", "Nein", "fixed term", "?!"].map(readRenewal)).toEqual([
    ...["tacit", "tacit", "express", "never", "never", null],
  ])
})

test("a list of contracts is recognised by its headers", () => {
  const header = [
    "Vendor name",
    "Contract number",
    "Contract type",
    "Effective date",
    "Expiry date",
    "Auto-renewal",
    "Notice period",
    "Governing law",
  ]
  expect(Object.values(recogniseColumns(header))).toEqual([
    ...["legalName", "paperReference", "paperKind", "paperEffectOn", "paperEndsOn", "paperRenewal", "paperNoticeOurs"],
    "paperGoverningLaw",
  ])
})
