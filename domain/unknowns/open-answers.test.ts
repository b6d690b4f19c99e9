import fc from "fast-check"
import { expect, test } from "vitest"
import { BLANK, known, unknown } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { blankOf, FIELDS, nodeAt } from "@/domain/records/fields"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { countUnknowns } from "@/domain/records/project"
import { seal, unseal } from "@/domain/records/seal"
import { aLine, nthId, typedSharing } from "@/testing/in-2026"
import { typedParty } from "@/testing/bodies"
import { openAnswers } from "./open-answers"

const BETWEEN = { entityId: nthId("entity", 1), partyId: nthId("party", 2) }
const QUIET = { contacts: [], notes: BLANK }

test("a blank record asks nothing of anybody: blank is not unknown", () => {
  for (const kind of RECORD_KINDS) expect(openAnswers(kind, blankOf(FIELDS[kind]))).toEqual([])
})

test("each answer that is not known yet is found with its place, whom it was asked of and its day", () => {
  const body = typedSharing(BETWEEN, {
    frequency: unknown("Support team", day("2026-04-01")),
    dataLines: known([aLine("contact.email"), aLine("contact.phone", { necessity: unknown() })]),
  })
  expect(openAnswers("sharing", body)).toEqual([
    { path: "dataLines.value.1.necessity", asked: null, askedSealed: null, due: null },
    { path: "frequency", asked: "Support team", askedSealed: null, due: "2026-04-01" },
  ])
})

test("a list that is not known yet as a whole is one question", () => {
  expect(openAnswers("sharing", typedSharing(BETWEEN, { destinations: unknown("Vendor") }))).toHaveLength(1)
})

test("whom one asked is committed, and stands in no sealed body in plain words", () => {
  const body = typedParty({ ...QUIET, country: unknown("Jane of purchasing", day("2026-01-31")) })
  const sealed = seal("party", body, () => "c".repeat(64))
  expect(JSON.stringify(sealed)).not.toContain("Jane")
  expect(openAnswers("party", sealed)).toEqual([
    { path: "country", asked: null, askedSealed: "c".repeat(64), due: "2026-01-31" },
  ])
  expect(unseal("party", sealed, () => "Jane of purchasing")).toEqual(body)
  expect(JSON.stringify(unseal("party", sealed, () => undefined))).toContain("[erased]")
})

test("a body stored before whom one asked was committed still reads as it stands", () => {
  const body = typedParty({ country: unknown("Purchasing") })
  expect(unseal("party", body, () => undefined)).toMatchObject({ country: { asked: "Purchasing" } })
})

test("a column of an import that looks like an answer is none", () => {
  const body = typedParty({ extra: [{ column: "state", value: "unknown" }] })
  expect(openAnswers("party", body)).toEqual([])
})

const ANSWERS = Object.entries(blankOf(FIELDS.sharing) as Record<string, unknown>).flatMap(([name, value]) =>
  typeof value === "object" && value !== null && "state" in value ? [name] : [],
)

test("for any choice of answers not known yet, exactly those are found, at places that the form has", () => {
  fc.assert(
    fc.property(fc.subarray(ANSWERS), fc.option(fc.string({ maxLength: 20 })), (names, asked) => {
      const body = { ...(blankOf(FIELDS.sharing) as BodyOf["sharing"]) } as Record<string, unknown>
      for (const name of names) body[name] = unknown(asked ?? undefined)
      const found = openAnswers("sharing", body)
      expect(found.map((one) => one.path).sort()).toEqual([...names].sort())
      expect(found).toHaveLength(countUnknowns(body))
      for (const one of found) expect(nodeAt("sharing" as RecordKind, one.path)?.is).toBe("answer")
    }),
  )
})
