import { describe, expect, test } from "vitest"
import { PACKS } from "@/domain/packs/all"
import { FIELDS } from "@/domain/records/fields"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { UNASKED } from "@/domain/records/unasked"
import { FORM_SECTIONS, sectionsOf } from "./form-sections"
import { WHY } from "./why-we-ask"

describe.each(RECORD_KINDS)("the form of a %s", (kind) => {
  const fields = FIELDS[kind].fields.map((field) => field.name)

  test("asks every question once", () => {
    const asked = sectionsOf(kind, fields).flatMap((section) => [...section.first, ...section.more])
    expect([...asked].sort()).toEqual(fields.filter((name) => !UNASKED.has(name)).sort())
  })
  test("names no question that the record has not", () => {
    const named = FORM_SECTIONS[kind].flatMap((section) => [...section.first, ...section.more])
    expect(named.filter((name) => !fields.includes(name))).toEqual([])
  })
  test("says why by clauses that exist, at questions that exist", () => {
    const known = new Set(PACKS.flatMap((pack) => pack.clauses.map((clause) => clause.id)))
    for (const [field, clauses] of Object.entries(WHY[kind] ?? {})) {
      expect(fields, field).toContain(field)
      for (const clause of clauses) expect(known, `${field}: ${clause}`).toContain(clause)
    }
  })
})
