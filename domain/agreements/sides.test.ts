import { expect, test } from "vitest"
import { factsOfSharing } from "@/domain/checks/facts"
import { papersOf } from "@/domain/checks/papers"
import { makeRegister } from "@/domain/checks/register"
import type { AnyRecord } from "@/domain/records/kinds"
import { entitiesOf, stagesFor } from "@/domain/requests/stages"
import { typedEntity, typedParty } from "@/testing/bodies"
import { nthId, typedAgreement, typedSharing } from "@/testing/in-2026"

const [here, there, elsewhere] = [1, 2, 3].map((n) => nthId("entity", n)) as [never, never, never]
const [one, two] = [nthId("party", 4), nthId("party", 5)]
const flows = [
  { id: nthId("sharing", 6), entityId: here, partyId: one },
  { id: nthId("sharing", 7), entityId: there, partyId: two },
  { id: nthId("sharing", 8), entityId: elsewhere, partyId: two },
]
const paper = typedAgreement(
  { entityId: here, partyId: one },
  flows.map((flow) => flow.id),
  { furtherEntities: [there], furtherParties: [two] },
)

test("a paper stands between each of our companies and each of the parties that it names, and between no others", () => {
  const record = (kind: string, id: string, body: unknown) =>
    ({ kind, id, body, version: 1, standing: "approved" }) as unknown as AnyRecord
  const register = makeRegister(
    [
      record("party", one, typedParty()),
      record("party", two, typedParty()),
      record("agreement", nthId("agreement", 9), paper),
      ...flows.map(({ id, ...between }) => record("sharing", id, typedSharing(between))),
    ],
    new Map([here, there, elsewhere].map((id) => [id, typedEntity()])),
  )
  const covered = flows.map(({ id }) => {
    const facts = factsOfSharing(register, id)
    return facts ? papersOf(facts).filter(({ days }) => days.length > 0).length : -1
  })
  expect(covered).toEqual([1, 1, 0])
})

test("each of its companies decides", () => {
  expect(entitiesOf({ kind: "agreement", after: paper })).toEqual([here, there])
})

test("whichever company it leaves, first or further, that company decides it too", () => {
  const stages = (before: typeof paper, after: typeof paper) =>
    stagesFor(
      [{ op: "change", kind: "agreement", before, after, discovered: false }],
      new Map([here, there, elsewhere].map((id) => [id, { dpoDecides: false, mergeSeats: false }])),
    ).map((one) => one.entityId)
  const of = (before: typeof paper, after: typeof paper) => [...new Set(stages(before, after))]
  expect(of(paper, { ...paper, furtherEntities: [] })).toEqual([here, there])
  expect(of(paper, { ...paper, entityId: there, furtherEntities: [] })).toEqual([here, there])
  expect(of(paper, { ...paper, furtherEntities: [elsewhere] })).toEqual([here, there, elsewhere])
})
