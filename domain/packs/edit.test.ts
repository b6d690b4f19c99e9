import { describe, expect, test } from "vitest"
import type { Pack } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import type { OwnPack } from "@/domain/records/own-pack"
import { PACKS } from "./all"
import { clauseChanges } from "./changes"
import { edited, freeId, freeVersion, type Edit } from "./edit"
import { bodyOf, heldClause, packOf } from "./in-force"

const shipped = PACKS.find((pack) => pack.pack === "statement") as Pack
const body = bodyOf({ ...shipped, version: "2", replaces: "1", effectiveFrom: day("2026-07-01") }, "Ours")
const sources = shipped.clauses.map(heldClause)
const step = (edit: Edit, of: OwnPack = body) => edited(of, edit, { sources, taken: sources.map((one) => one.id) })
const good = (edit: Edit, of: OwnPack = body): OwnPack => {
  const after = step(edit, of)
  if (!after.ok) throw new Error(after.says)
  return after.value
}
const moved = (after: OwnPack): string[] =>
  clauseChanges(body.clauses, after.clauses)
    .filter((one) => one.change !== "same")
    .map((one) => `${one.change} ${one.id}`)

const MAKE: Edit = {
  ...{ do: "make", template: "runs-at-most", given: { grounds: ["partner"], days: 365 } },
  ...{ title: "A year", duty: "", remedy: "End it.", severity: "blocking" },
}
const words = { title: "Ours", duty: "We do.", remedy: "Do it." }

test("a record holds a pack as it is: what comes out is what went in", () => {
  for (const pack of PACKS) {
    const dated = { ...pack, effectiveFrom: day("2026-07-01"), facts: pack.facts ?? {} }
    const back = packOf(bodyOf(dated, "x"), pack.publishedAt)
    const { facts, ...rest } = dated
    expect(back).toEqual(Object.keys(facts).length ? { ...rest, facts } : rest)
  }
})

describe("a step of writing", () => {
  test("rewords a clause, and says apart what only its words are and what asks something else", () => {
    expect(moved(good({ do: "reword", clause: "S-IV-2", ...words, severity: "warning" }))).toEqual(["reworded S-IV-2"])
    expect(moved(good({ do: "reword", clause: "S-IV-2", ...words, severity: "advice" }))).toEqual([
      "asked-otherwise S-IV-2",
    ])
    expect(step({ do: "reword", clause: "NONE", ...words, severity: "warning" })).toMatchObject({ code: "not-found" })
  })
  test("retires a clause and takes it back, in the words in which it is shipped", () => {
    const retired = good({ do: "retire", clause: "S-I.B-1" })
    expect(moved(retired)).toEqual(["retired S-I.B-1"])
    expect(good({ do: "take", clause: "S-I.B-1" }, retired)).toEqual(body)
    expect(step({ do: "take", clause: "S-I.B-1" })).toMatchObject({ code: "not-found" })
  })
  test("makes a clause with an id of its own, with the template's sentence where none is written", () => {
    const after = good(MAKE)
    expect(moved(after)).toEqual(["new OWN-1"])
    expect(after.clauses.find((one) => one.id === "OWN-1")).toMatchObject({
      duty: "On these grounds data flows for 365 days at most: Business partner.",
      check: "runsAtMost",
    })
    expect(moved(good(MAKE, after))).toEqual(["new OWN-1", "new OWN-2"])
  })
  test("refuses a parameter out of range at its field, and a template that is not there", () => {
    expect(step({ ...MAKE, given: { grounds: ["partner"], days: 0 } } as Edit)).toMatchObject({
      fields: [{ path: "given.days", says: "invalid.range" }],
    })
    expect(step({ ...MAKE, given: { grounds: ["whim"], days: 1 } } as Edit)).toMatchObject({
      fields: [{ path: "given.grounds", says: "invalid.choice" }],
    })
    expect(step({ ...MAKE, template: "eval" } as Edit)).toMatchObject({ fields: [{ path: "template" }] })
  })
  test("lets nothing block that nobody verified", () => {
    const [first, ...rest] = body.clauses as [OwnPack["clauses"][number], ...OwnPack["clauses"]]
    const doubtful = { ...body, clauses: [{ ...first, certainty: "from memory, unverified" }, ...rest] }
    expect(step({ do: "reword", clause: first.id, ...words, severity: "blocking" }, doubtful)).toMatchObject({
      fields: [{ path: "severity", says: "pack.unverified" }],
    })
  })
})

test("ids and versions of ours are the next that nobody has", () => {
  expect(freeId(["OWN-1", "S-1", "OWN-3"])).toBe("OWN-2")
  expect(freeVersion(["1", "3", "2026 spring"])).toBe("2027")
  expect(freeVersion([])).toBe("1")
})
