import { expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { typedParty } from "@/testing/bodies"
import { withChangesNoted } from "./party-changes"

const TODAY = day("2026-06-01")
const before = typedParty({ legalName: "Harbour Cloud Ltd" })

test("a new name, owner or business is noted with today, once each", () => {
  const after = withChangesNoted(
    before,
    {
      ...before,
      legalName: "Harbour Group Ltd",
      groupLinks: [{ firstOn: TODAY, lastOn: null }],
      subKind: known("support"),
    },
    TODAY,
  )
  expect(after.changes).toEqual([
    { what: "name", on: TODAY },
    { what: "owner", on: TODAY },
    { what: "business", on: TODAY },
  ])
  expect(withChangesNoted(before, after, day("2026-06-02"))).toEqual(after)
})

test("whoever says since when is believed, and what did not change is not noted", () => {
  const said = { ...before, legalName: "New Ltd", changes: [{ what: "name" as const, on: day("2026-02-01") }] }
  expect(withChangesNoted(before, said, TODAY)).toEqual(said)
  expect(withChangesNoted(before, { ...before, website: known("https://new.example") }, TODAY).changes).toEqual([])
})
