import { describe, expect, test } from "vitest"
import { known, NOT_APPLICABLE, unknown, BLANK } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { blankOf, FIELDS } from "@/domain/records/fields"
import { RECORD_KINDS, type BodyOf, type RecordKind } from "@/domain/records/kinds"
import { typedParty } from "@/testing/bodies"
import {
  aBasis,
  aGround,
  aLine,
  nthId,
  OPEN,
  typedAgreement,
  typedAssessment,
  typedConsent,
  typedNotice,
  typedSharing,
} from "@/testing/in-2026"
import { fieldChanges } from "./material"

const between = { entityId: nthId("entity", 1), partyId: nthId("party", 1) }
const party = typedParty()
const sharing = typedSharing(between)
const paper = typedAgreement(between, [nthId("sharing", 1)])
const looked = typedAssessment(between.partyId)

/** What an edit of these fields is: material, all (material, and touching every stage), slight, or nothing. */
function verdict<K extends RecordKind>(kind: K, before: BodyOf[K], over: Partial<BodyOf[K]>): string {
  const found = fieldChanges(kind, before, { ...before, ...over })
  if (found.length === 0) return "nothing"
  if (found.some((one) => one.resetsAll)) return "all"
  return found.some((one) => one.material) ? "material" : "slight"
}

describe("of a party", () => {
  test.each<[string, Partial<BodyOf["party"]>, string]>([
    ["legal name", { legalName: "Another plc" }, "material"],
    ["identity number", { identifiers: [{ kind: "lei", value: "5299000000000000" }] }, "material"],
    ["country", { country: known("US") }, "material"],
    ["kind", { kinds: [{ kind: "partner", ...OPEN }] }, "material"],
    ["sub-kind", { subKind: known("logistics") }, "material"],
    ["group link", { groupLinks: [OPEN] }, "material"],
    ["condition", { conditions: [{ condition: "dpf", evidence: BLANK, ...OPEN }] }, "material"],
    ["negative decision", { dataDecision: "no-personal-data" }, "material"],
    ["risk", { risk: known("high") }, "material"],
    ["who may know of it", { restrictedTo: [nthId("person", 1)] }, "all"],
    ["contacts", { contacts: [{ task: "privacy", name: "A", email: "a@b.example", phone: "" }] }, "slight"],
    ["website", { website: known("https://other.example") }, "slight"],
    ["hosts", { hosts: ["x.example"] }, "slight"],
    ["notes", { notes: known("called them") }, "slight"],
    ["tags", { tags: ["new"] }, "slight"],
    ["columns kept from an import", { extra: [{ column: "A", value: "B" }] }, "slight"],
    ["names besides", { otherNames: ["Harbour"] }, "slight"],
    ["nothing", {}, "nothing"],
  ])("%s", (_name, over, wanted) => expect(verdict("party", party, over)).toBe(wanted))
})

describe("of a sharing", () => {
  const keeps = (days: number) =>
    known({ days: known(days), trigger: known("end of the account"), deletion: known("erased") })
  test.each<[string, Partial<BodyOf["sharing"]>, string]>([
    ["mode", { mode: "share" }, "all"],
    ["party", { partyId: nthId("party", 2) }, "all"],
    ["ground", { grounds: [aGround("consent")] }, "all"],
    ["destination", { destinations: known([{ country: "US", kind: "storage", mechanisms: [], ...OPEN }]) }, "all"],
    ["role", { role: known("controller") }, "material"],
    ["basis", { bases: [aBasis("eu.6.1.f")] }, "material"],
    ["purposes", { purposes: known(["ana.product" as never]) }, "material"],
    [
      "a kind of data more",
      { dataLines: known([aLine("acct.identifier"), aLine("device.id"), aLine("acct.email" as never)]) },
      "material",
    ],
    ["a kind of data less", { dataLines: known([aLine("acct.identifier")]) }, "material"],
    ["kinds not known any more", { dataLines: unknown() }, "material"],
    ["subjects", { subjects: known(["user", "child"]) }, "material"],
    ["form", { dataForm: known("pseudonymised") }, "material"],
    ["starts earlier", { startsOn: known(day("2025-12-01")) }, "material"],
    ["ends later", { endsOn: known(day("2027-12-31")) }, "material"],
    ["until further notice", { endsOn: NOT_APPLICABLE }, "material"],
    ["kept longer", { retention: keeps(31) }, "material"],
    ["channel", { channel: known("file") }, "material"],
    ["a measure less", { measures: known(["transit.encryption"]) }, "material"],
    ["notice", { noticeId: nthId("notice", 1) }, "material"],
    ["people first counted", { peopleCount: known(5) }, "material"],
    [
      "wording of necessity",
      { dataLines: known([aLine("device.id"), aLine("acct.identifier", { necessity: known("Said better.") })]) },
      "slight",
    ],
    ["owner", { owner: known("Somebody else") }, "slight"],
    ["tags", { tags: ["x"] }, "slight"],
    [
      "a measure more",
      {
        measures: known([
          "transit.encryption",
          "storage.protection",
          "access.control",
          "backup",
          "pentest",
          "training" as never,
        ]),
      },
      "slight",
    ],
    ["ends earlier", { endsOn: known(day("2026-06-30")) }, "slight"],
    ["starts later", { startsOn: known(day("2026-02-01")) }, "slight"],
    ["kept shorter", { retention: keeps(10) }, "slight"],
    ["more rarely", { frequency: known("sporadic") }, "slight"],
    ["data lines in another order", { dataLines: known([aLine("device.id"), aLine("acct.identifier")]) }, "nothing"],
  ])("%s", (_name, over, wanted) => expect(verdict("sharing", sharing, over)).toBe(wanted))

  test("more often, and another number of people, by what there was before", () => {
    const rare = { ...sharing, frequency: known("once" as const), peopleCount: known(9_000) }
    expect(verdict("sharing", rare, { frequency: known("often") })).toBe("material")
    expect(verdict("sharing", rare, { peopleCount: known(9_999) })).toBe("slight")
    expect(verdict("sharing", rare, { peopleCount: known(10_000) })).toBe("material")
  })
})

describe("of an agreement", () => {
  const signer = paper.signatories[0] as (typeof paper.signatories)[number]
  const file = paper.files[0] as (typeof paper.files)[number]
  const item = paper.checklist[0] as (typeof paper.checklist)[number]
  const rest = paper.checklist.slice(1)
  test.each<[string, Partial<BodyOf["agreement"]>, string]>([
    ["file bytes", { files: [{ ...file, sha256: "cd".repeat(32) }] }, "material"],
    ["kind", { kind: "scc" }, "material"],
    ["covers", { covers: [] }, "material"],
    ["signatories", { signatories: [{ ...signer, name: "Another" }] }, "material"],
    ["effect", { effectOn: known(day("2026-02-01")) }, "material"],
    ["end", { endsOn: known(day("2026-06-30")) }, "material"],
    ["termination", { terminatedOn: known(day("2026-06-30")) }, "material"],
    ["checklist verdict", { checklist: [{ ...item, verdict: "missing" }, ...rest] }, "material"],
    ["renewal", { renewal: known({ way: "tacit", months: 12, noticeMonths: 3 }) }, "material"],
    ["notice term", { noticeOurs: known(30) }, "material"],
    ["party", { partyId: nthId("party", 2) }, "all"],
    ["page pointer", { checklist: [{ ...item, page: known(9) }, ...rest] }, "slight"],
    ["file's name", { files: [{ ...file, name: "better-name.pdf" }] }, "slight"],
    ["label", { title: "Another label" }, "slight"],
    ["tags", { tags: ["x"] }, "slight"],
  ])("%s", (_name, over, wanted) => expect(verdict("agreement", paper, over)).toBe(wanted))
})

describe("of an assessment", () => {
  test.each<[string, Partial<BodyOf["assessment"]>, string]>([
    ["outcome", { outcome: known("failed") }, "material"],
    ["risk", { risk: known("high") }, "material"],
    ["file", { files: [{ fileId: nthId("file", 1), sha256: "ab".repeat(32), name: "a.pdf" }] }, "material"],
    ["valid until", { validUntil: known(day("2027-12-31")) }, "material"],
    ["party", { partyId: nthId("party", 2) }, "all"],
    ["label", { title: "Another label" }, "slight"],
    ["tags", { tags: ["x"] }, "slight"],
  ])("%s", (_name, over, wanted) => expect(verdict("assessment", looked, over)).toBe(wanted))
})

test("of all other records everything but label, tags and kept columns is material, a field of tomorrow too", () => {
  expect(verdict("consent", typedConsent(between.entityId), { wording: known("May we?") })).toBe("material")
  expect(verdict("consent", typedConsent(between.entityId), { title: "Label" })).toBe("slight")
  expect(verdict("notice", typedNotice(between.entityId), { effectOn: known(day("2026-01-01")) })).toBe("material")
  for (const kind of RECORD_KINDS) {
    const body = blankOf(FIELDS[kind]) as BodyOf[typeof kind]
    expect(fieldChanges(kind, body, { ...body, ofTomorrow: 1 })).toMatchObject([
      { field: "ofTomorrow", material: true },
    ])
    expect(fieldChanges(kind, body, { ...body, tags: ["x"] })).toMatchObject([{ field: "tags", material: false }])
  }
})
