import { expect, test } from "vitest"
import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { day, type Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import type { RecordOf } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { typedParty } from "@/testing/bodies"
import { nthId, typedAgreement, typedAssessment, typedSharing } from "@/testing/in-2026"
import { mergeProposals, neverRan, withNamesOf, withoutNamesOf } from "./merge-proposals"

const [FROM, INTO, OURS] = [nthId("party", 1), nthId("party", 2), nthId("entity", 3)]
const BETWEEN = { entityId: OURS, partyId: FROM }
const ON = day("2026-07-01")
const record = <K extends "party" | "sharing" | "agreement" | "assessment" | "chain">(
  kind: K,
  id: string,
  body: unknown,
) => ({ id, kind, version: 1, standing: "approved", body }) as unknown as RecordOf<K>
const flow = (n: number, over: Partial<Sharing> = {}) =>
  record("sharing", nthId("sharing", n), typedSharing(BETWEEN, { endsOn: NOT_APPLICABLE, ...over }))

function merged(sharings: RecordOf<"sharing">[], over: { agreements?: RecordOf<"agreement">[]; until?: string } = {}) {
  let n = 100
  return mergeProposals({
    from: record("party", FROM, typedParty({ legalName: "Old Ltd", hosts: ["old.example"] })),
    into: record("party", INTO, typedParty({ legalName: "New Ltd" })),
    ...{ on: ON, sharings, agreements: over.agreements ?? [], chains: [] },
    assessments: [
      record(
        "assessment",
        nthId("assessment", 9),
        typedAssessment(FROM, { validUntil: known((over.until ?? "2027-01-01") as Day) }),
      ),
    ],
    newId: (kind) => nthId(kind, (n += 1)),
  })
}

test("the one party ends and leads to the other, which takes its names and addresses", () => {
  const [ends, stays] = merged([])
  expect(ends).toMatchObject({ op: "end", recordId: FROM, body: { mergedInto: INTO, legalName: "Old Ltd" } })
  expect(stays).toMatchObject({ op: "change", recordId: INTO })
  expect(stays?.body).toMatchObject({ legalName: "New Ltd", otherNames: ["Old Ltd"], hosts: ["old.example"] })
})

test("the party of a flow never changes: it ends the day before, owes no deletion, and is succeeded", () => {
  const old = flow(4, { startsOn: known(day("2026-01-01")) })
  const [, , ends, succeeds] = merged([old])
  expect(ends).toMatchObject({ op: "end", recordId: old.id })
  expect(ends?.body).toMatchObject({ partyId: FROM, endsOn: known("2026-06-30"), deletionDue: NOT_APPLICABLE })
  expect(succeeds).toMatchObject({ op: "create", record: null })
  expect(succeeds?.body).toMatchObject({
    ...{
      partyId: INTO,
      entityId: OURS,
      mode: "entrust",
      succeeds: old.id,
      startsOn: known(ON),
      endsOn: NOT_APPLICABLE,
    },
  })
})

test.each([
  ["2026-06-30", 0],
  ["2026-07-01", 1],
])("a flow whose last day is %s is succeeded by %i", (last, n) => {
  const found = merged([flow(4, { endsOn: known(day(last)) })])
  expect(found.filter((one) => one.kind === "sharing" && one.op === "create")).toHaveLength(n)
})

test("one that begins later keeps its first day", () => {
  const found = merged([flow(4, { startsOn: known(day("2026-09-01")) })])
  expect(found.find((one) => one.op === "create" && one.kind === "sharing")?.body).toMatchObject({
    startsOn: known("2026-09-01"),
  })
})

test("papers and looks are carried over as records of their own, from the day on; those that were over are not", () => {
  const [moved, over] = [flow(4), flow(5, { endsOn: known(day("2026-01-31")) })]
  const paper = record(
    "agreement",
    nthId("agreement", 6),
    typedAgreement(BETWEEN, [moved.id, over.id] as never, { endsOn: NOT_APPLICABLE }),
  )
  const lone = record("agreement", nthId("agreement", 7), typedAgreement(BETWEEN, [over.id] as never))
  const found = merged([moved, over], { agreements: [paper, lone] })
  const carried = found.filter((one) => one.kind === "agreement")
  expect(carried).toHaveLength(1)
  const successor = found.find((one) => one.kind === "sharing" && one.op === "create")?.recordId
  const body = carried[0]?.body as Agreement
  expect(body).toMatchObject({ partyId: INTO, files: paper.body.files, signatories: paper.body.signatories })
  expect(body.covers).toEqual([{ sharingId: successor, firstOn: ON, lastOn: null }])
  expect(found.filter((one) => one.kind === "assessment").map((one) => one.body)).toMatchObject([{ partyId: INTO }])
  expect(merged([moved], { until: "2026-06-30" }).filter((one) => one.kind === "assessment")).toEqual([])
})

test("names are told once, and never the party's own; a website's address is a host", () => {
  const stays = typedParty({ legalName: "New Ltd", otherNames: ["Newer"], hosts: ["new.example"] })
  const goes = typedParty({
    ...{ legalName: "Old Ltd", latinName: known("Olde"), otherNames: ["Newer", "New Ltd"] },
    ...{ hosts: ["new.example"], website: known("https://WWW.old.example/about") },
    kinds: [
      { kind: "processor", firstOn: null, lastOn: null },
      { kind: "partner", firstOn: null, lastOn: null },
    ],
  } as Partial<Party>)
  const body = withNamesOf(stays, goes)
  expect(body.otherNames).toEqual(["Newer", "Old Ltd", "Olde"])
  expect(body.hosts).toEqual(["new.example", "www.old.example"])
  expect(body.kinds.map((line) => line.kind)).toEqual(["processor", "partner"])
  expect(withNamesOf(stays, typedParty({ website: known("javascript:alert(1)") })).hosts).toEqual(["new.example"])
})

test("an undone merge takes back the names that it brought, and no other", () => {
  const before = typedParty({ otherNames: ["Own"], hosts: ["own.example", "both.example"] })
  const made = withNamesOf(before, typedParty({ legalName: "Old Ltd", otherNames: ["Older"], hosts: ["both.example"] }))
  const head = { ...made, otherNames: [...made.otherNames.filter((name) => name !== "Own"), "Newer"] }
  expect(withoutNamesOf(before, made, head)).toMatchObject({ otherNames: ["Newer"], hosts: before.hosts })
})

test("what an undone merge made never ran", () => {
  expect(neverRan(typedSharing(BETWEEN, { startsOn: known(ON) }))).toMatchObject({
    endsOn: known("2026-06-30"),
    deletionDue: NOT_APPLICABLE,
  })
})
