import { expect, test } from "vitest"
import { IMPORT_WORDS } from "@/components/words/import"
import { fold } from "@/domain/core/fold"
import { TARGETS, TARGET_FIELDS, isTargetField, recogniseColumns } from "./columns"

test.each([
  [
    ["Sub-processor", "Company", "Service category / What they do"],
    ["legalName", "extra", "purposeText"],
  ],
  [
    ["name", "address", "web", "email", "phone", "runs", "categories"],
    ["legalName", "address", "website", "contactEmail", "contactPhone", "otherNames", "extra"],
  ],
  [
    ["Dienstleister", "Land", "Zweck", "Datenkategorien", "AVV vorhanden", "Löschfrist"],
    ["legalName", "country", "purposes", "dataKinds", "dpa", "retentionDays"],
  ],
  [
    ["Fournisseur", "Pays", "Finalités", "Données personnelles", "Durée de conservation"],
    ["legalName", "country", "purposes", "dataKinds", "retentionDays"],
  ],
  [
    ["Vendor", "Vendor name", "Owner", "Due date", "Risk"],
    ["extra", "legalName", "owner", "dueOn", "risk"],
  ],
  [
    ["Name (legal)", "Country (ISO 3166)", "Start date", "END DATE", "column 5"],
    ["legalName", "country", "startsOn", "endsOn", "extra"],
  ],
])("%j is recognised as %j", (header, fields) => {
  expect(Object.values(recogniseColumns(header))).toEqual(fields)
})

test("no target is given to two columns, and no column is left out", () => {
  const header = TARGET_FIELDS.flatMap((field) => TARGETS[field].split("|"))
  const map = recogniseColumns(header)
  const fields = Object.values(map).filter((field) => field !== "extra")
  expect(new Set(fields).size).toBe(fields.length)
  expect(fields.toSorted()).toEqual([...TARGET_FIELDS].toSorted())
  expect(Object.keys(map)).toHaveLength(header.length)
})

test("every header that is looked for is written as headers are compared, and means one thing only", () => {
  const words = TARGET_FIELDS.flatMap((field) => TARGETS[field].split("|"))
  expect(words.filter((word) => fold(word) !== word)).toEqual([])
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
})

test("a purpose column in free text is the purpose in a sentence; in words of ours it is the list", () => {
  const header = ["Vendor", "Purpose"]
  expect(
    recogniseColumns(header, [
      ["A", "We host our product there."],
      ["B", "hosting"],
      ["C", "It sends our mail to you"],
    ])[1],
  ).toBe("purposeText")
  expect(
    recogniseColumns(header, [
      ["A", "Hosting; Analytics"],
      ["B", ""],
      ["C", "Take payment"],
    ])[1],
  ).toBe("purposes")
  expect(recogniseColumns([...header, "Description"], [["A", "Some free text", "x"]])).toEqual({
    0: "legalName",
    1: "extra",
    2: "purposeText",
  })
})

test("every target has a name on the screen", () => {
  expect([...TARGET_FIELDS, "extra", "ignore"].filter((field) => !IMPORT_WORDS[`import.target.${field}`])).toEqual([])
})

test("only names of targets are targets", () => {
  expect([isTargetField("legalName"), isTargetField("extra"), isTargetField("toString")]).toEqual([true, false, false])
})
