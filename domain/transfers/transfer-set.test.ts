import { expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { RecordOf } from "@/domain/records/kinds"
import { sharingShape } from "@/domain/records/sharing"
import { nthId, typedSharing } from "@/testing/in-2026"
import { endedByTransfer, setsOf, transferOf } from "./transfer-set"

const SET = {
  ...{ name: "Sale of cameras", partyId: nthId("party", 9), closingOn: day("2027-03-01"), noticeOn: day("2027-01-04") },
  ...{ objectionWeeks: 6, reconsentOn: day("2027-02-28") },
}
const body = typedSharing({ entityId: nthId("entity", 1), partyId: nthId("party", 2) }, { endsOn: NOT_APPLICABLE })
const flow = { id: nthId("sharing", 3), kind: "sharing", version: 1, standing: "approved", body } as RecordOf<"sharing">

test("each flow gives a transfer of its data: what and whose from the flow, closing, notice and plan from the set", () => {
  const made = transferOf(flow, SET)
  expect(sharingShape.safeParse(made).success).toBe(true)
  expect(made).toMatchObject({
    ...{ mode: "transfer", partyId: SET.partyId, entityId: body.entityId, startsOn: known(SET.closingOn) },
    ...{ dataLines: body.dataLines, subjects: body.subjects, purposes: body.purposes, destinations: BLANK },
    ...{ saleNoticeOn: known(SET.noticeOn), objectionWeeks: known(6), transferSet: known("Sale of cameras") },
    grounds: [{ ground: "merger", reconsentOn: known(SET.reconsentOn) }],
  })
})

test("what the set does not know stays open", () => {
  const made = transferOf(flow, { ...SET, noticeOn: null, objectionWeeks: null, reconsentOn: null })
  expect(made).toMatchObject({ saleNoticeOn: BLANK, objectionWeeks: BLANK, grounds: [{ reconsentOn: BLANK }] })
})

test("a flow that ends with the closing has its last day before it, and one that ended earlier keeps its own", () => {
  expect(endedByTransfer(body, SET.closingOn)).toMatchObject({
    endsOn: known("2027-02-28"),
    deletionDue: NOT_APPLICABLE,
  })
  const over = { ...body, endsOn: known(day("2026-12-31")) }
  expect(endedByTransfer(over, SET.closingOn)).toBe(over)
})

test("flows of one name are shown as one set, with what any of them says", () => {
  const first = { id: "a", body: { ...transferOf(flow, SET), saleNoticeOn: BLANK } }
  const second = { id: "b", body: transferOf(flow, SET) }
  const other = { id: "c", body: transferOf(flow, { ...SET, name: "A second sale" }) }
  const alone = { id: "d", body: { ...body, transferSet: known("No transfer") } }
  const sets = setsOf([first, second, other, alone] as never)
  expect(sets.map((one) => [one.name, one.flows.length])).toEqual([
    ["A second sale", 1],
    ["Sale of cameras", 2],
  ])
  expect(sets[1]).toMatchObject({ closingOn: SET.closingOn, noticeOn: SET.noticeOn, objectionWeeks: 6 })
})
