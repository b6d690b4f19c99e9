import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { BLANK, known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { packsKnownAt } from "@/domain/packs/all"
import { acceptedOnline, BY_ACCEPTANCE, onlineLacks } from "@/domain/records/acceptance"
import type { Agreement } from "@/domain/records/agreement"
import type { PaperSeen } from "@/domain/records/by-hand"
import * as stories from "@/testing/clause-stories"
import { typedAgreement } from "@/testing/in-2026"
import { boundOn, paperDays } from "./papers"
import { findingsOf } from "./run"
import type { AgreementFacts, Facts, SharingFacts } from "./types"

const BETWEEN = { entityId: "ent_1" as Id<"entity">, partyId: "pty_1" as Id<"party"> }
const PACKS = packsKnownAt(stories.NOW)
const ONLINE = {
  ...{ address: "https://cloud.example/terms", version: "2026-02", fileId: "fil_1" as Id<"file"> },
  ...{ acceptedBy: "Ada Example", acceptedOn: day("2026-03-05") },
}
const about = (over: Partial<Agreement>): AgreementFacts =>
  stories.factsOf({ about: "agreement", agreement: over } as stories.Story) as AgreementFacts
const says = (facts: Facts, clause = "H-SIGNING"): string[] =>
  findingsOf(facts, PACKS)
    .filter((one) => one.clause === clause)
    .map((one) => `${one.says} ${one.path}`)
    .sort()
const SCAN = typedAgreement(BETWEEN, []).files[0]?.sha256 ?? ""
const saw = (...people: string[]): PaperSeen[] =>
  people.map((personId) => ({ personId, sha256: SCAN, saw: "scan", author: false }))

describe("what an acceptance online lacks is said by itself, each at the field that cures it", () => {
  const unsigned = { signatories: [], kind: "processing" as const, knownHow: "document-seen" as const }
  const [mine] = typedAgreement(BETWEEN, []).signatories
  test.each<[string, Partial<Agreement>, Partial<typeof ONLINE> | { fileId: null }, string[]]>([
    ["nothing", {}, {}, []],
    ["the address", {}, { address: " " }, ["address online"]],
    ["the version", {}, { version: "" }, ["version online"]],
    ["the text", {}, { fileId: null }, ["text online"]],
    ["who", {}, { acceptedBy: "" }, ["who online"]],
    ["two of them", {}, { version: "", acceptedBy: "" }, ["version online", "who online"]],
    ["a kind that is signed", { kind: "confidentiality" }, {}, ["kind signatories"]],
    ["only stated", { knownHow: "stated" }, {}, ["stated knownHow"]],
    [
      "somebody named who did not sign",
      { signatories: [{ ...mine, signedOn: BLANK } as never] },
      {},
      ["named signatories"],
    ],
  ])("%s", (_what, over, terms, lacks) => {
    const found = says(about({ ...unsigned, ...over, online: known({ ...ONLINE, ...terms } as typeof ONLINE) }))
    expect(found).toEqual(lacks.map((one) => `finding.H-SIGNING.online-${one}`))
  })

  test("where both sides signed, nothing hangs on it", () => {
    expect(says(about({ kind: "confidentiality", online: known({ ...ONLINE, version: "" }) }))).toEqual([])
    expect(says(about({ online: BLANK }))).toEqual([])
  })

  test("it is accepted exactly where it lacks nothing", () => {
    const text = fc.constantFrom("", " ", "x")
    fc.assert(
      fc.property(
        fc.record({
          ...{ address: text, version: text, acceptedBy: text, named: fc.boolean() },
          ...{ fileId: fc.constantFrom(null, "fil_1"), kind: fc.constantFrom(...BY_ACCEPTANCE, "confidentiality") },
          knownHow: fc.constantFrom("stated", "document-seen"),
        }),
        ({ named, kind, knownHow, ...terms }) => {
          const online = known({ ...ONLINE, ...terms } as typeof ONLINE)
          const body = typedAgreement(BETWEEN, [], {
            ...({ kind, knownHow, online } as Partial<Agreement>),
            signatories: named ? [{ ...mine, signedOn: BLANK } as never] : [],
          })
          expect(acceptedOnline(body) !== null).toBe(onlineLacks(body).length === 0)
        },
      ),
      { numRuns: 300, seed: 20261130 },
    )
  })
})

describe("a paper signed by hand", () => {
  const signed = (over: Partial<Agreement>, people: string[]) => {
    const facts = about({ kind: "confidentiality", signing: known("by-hand"), ...over })
    return says({ ...facts, agreement: { ...facts.agreement, confirmed: saw(...people) } })
  }
  test.each<[string, Partial<Agreement>, string[], string[]]>([
    ["nobody looked", {}, [], ["two signing"]],
    ["one looked", {}, ["ann"], ["one signing"]],
    ["two looked", {}, ["ann", "ben"], []],
    ["one is enough for clauses that bind by acceptance", { kind: "processing" }, ["ann"], []],
    ["and is missing", { kind: "processing" }, [], ["one signing"]],
    ["no scan", { files: [], checklist: [] }, [], ["no-scan files"]],
    ["only stated is no paper yet", { knownHow: "stated" }, [], []],
    ["signed in the file", { signing: known("digitally") }, [], []],
  ])("%s", (_what, over, people, found) => {
    expect(signed(over, people).map((one) => one.replace("finding.H-SIGNING.", ""))).toEqual(found)
  })

  test("binds nobody until both looked, and a kind that needs one binds meanwhile", () => {
    const body = typedAgreement(BETWEEN, [], { kind: "confidentiality", signing: known("by-seal") })
    expect(boundOn(body)).toBeNull()
    expect(boundOn(body, saw("ann"))).toBeNull()
    expect(boundOn(body, saw("ann", "ben"))).toBe("2025-12-15")
    expect(boundOn({ ...body, kind: "processing" })).toBe("2025-12-15")
    expect(boundOn({ ...body, signing: known("digitally") })).toBe("2025-12-15")
  })

  test("covers no day of a flow until then, and the flow's finding says why", () => {
    const facts = stories.factsOf({
      agreement: { kind: "confidentiality", signing: known("by-hand") },
    } as stories.Story) as SharingFacts
    const with_ = (people: string[]): SharingFacts => ({
      ...facts,
      agreements: facts.agreements.map((one) => ({ ...one, confirmed: saw(...people) })),
    })
    expect(says(with_(["ann"]), "S-III.A-2")).toEqual(["finding.S-III.A-2.confirm covers"])
    expect(paperDays(with_(["ann"]), ["confidentiality"])).toEqual([])
    expect(says(with_(["ann", "ben"]), "S-III.A-2")).toEqual([])
    expect(paperDays(with_(["ann", "ben"]), ["confidentiality"])).not.toEqual([])
  })
})
