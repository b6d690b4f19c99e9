import { expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import {
  agreementId,
  coveredOf,
  factsOf,
  gapsOf,
  goingTo,
  mechanism,
  paperOver,
  since,
  signed,
  LAW,
} from "@/testing/covered"
import { aGround, nthId, OPEN, typedAgreement } from "@/testing/in-2026"
import { coverageOf } from "./coverage"

const base = paperOver("2026-01-01", "2026-12-31")
const amends = (n: number, from: string, over: object = {}) => ({
  ...since(from),
  ...signed("2025-12-01"),
  amends: agreementId(n),
  ...over,
})

test("of two amendments of one paper the later in effect says what is covered", () => {
  const first = amends(0, "2026-03-01")
  const second = amends(0, "2026-06-01", { covers: [] })
  expect(coveredOf({ agreements: [base, first, second] })).toEqual(["2026-01-01..2026-06-01"])
  expect(coveredOf({ agreements: [base, first, { ...second, amends: agreementId(1) }] })).toEqual([
    "2026-01-01..2026-06-01",
  ])
})

test("what one amendment dropped the next one may bring back", () => {
  const drops = amends(0, "2026-03-01", { covers: [] })
  expect(gapsOf({ agreements: [base, drops, amends(0, "2026-06-01")] })).toEqual(["2026-03-01..2026-06-01"])
})

test("an amendment that drops the sharing does so even while its own last day is not answered", () => {
  const drops = amends(0, "2026-06-01", { covers: [], endsOn: { state: "blank" } })
  expect(coveredOf({ agreements: [base, drops] })).toEqual(["2026-01-01..2026-06-01"])
})

test("an amendment that nobody signed yet changes nothing", () => {
  const drops = amends(0, "2026-06-01", { covers: [], signatories: [] })
  expect(gapsOf({ agreements: [base, drops] })).toEqual([])
})

test("a terminated paper takes its amendments along", () => {
  const ended = { ...base, terminatedOn: known(day("2026-09-01")) }
  expect(coveredOf({ agreements: [ended, amends(0, "2026-06-01")] })).toEqual(["2026-01-01..2026-09-01"])
  // Agreed anew after the end, it stands by itself.
  expect(gapsOf({ agreements: [ended, amends(0, "2026-10-01")] })).toEqual(["2026-09-01..2026-10-01"])
})

test("notice of a paper that renews of itself takes its amendments along as well", () => {
  const short = paperOver("2026-01-01", "2026-03-31")
  const amendment = amends(0, "2026-02-01", { endsOn: { state: "not-applicable" } })
  const noticed = (on: string) => ({
    ...short,
    renewal: known({ way: "tacit" as const, months: 3, noticeMonths: 1 }),
    noticeGivenOn: known(day(on)),
  })
  expect(coveredOf({ agreements: [noticed("2026-02-15"), amendment] })).toEqual(["2026-01-01..2026-04-01"])
  expect(coveredOf({ agreements: [noticed("2026-03-15"), amendment] })).toEqual(["2026-01-01..2026-07-01"])
  // A first term that ran out ends nothing: the amendment may have prolonged it.
  expect(gapsOf({ agreements: [short, amendment] })).toEqual([])
})

const secrecy = { kind: "confidentiality" as const }
const clauses = { kind: "scc" as const }
const kindsLacking = (story: Parameters<typeof factsOf>[0]) =>
  coverageOf(factsOf(story), LAW).gaps.map((gap) =>
    gap.causes.map((cause) => ("kind" in cause ? cause.kind : cause.what)),
  )

test("standard clauses of module 2 or 3 are the processing clauses of the Union, with annexes pointed to", () => {
  const story = (module: "1" | "2" | "3", over: object = {}) => ({
    sharing: goingTo("US", [mechanism("scc-2021", { module: known(module), agreementId: agreementId(1) })]),
    agreements: [secrecy, { ...clauses, ...over }],
  })
  expect(gapsOf(story("2"))).toEqual([])
  expect(gapsOf(story("3"))).toEqual([])
  expect(kindsLacking(story("1"))).toEqual([["processing"]])
  expect(kindsLacking(story("2", { checklist: [] }))).toEqual([["processing"]])
  const both = { regimes: (["EU", "CCPA"] as const).map((regime) => ({ regime, ...OPEN })) }
  expect(kindsLacking({ ...story("2"), entity: both })).toEqual([["processing"]])
})

test("an entrusted company needs one of both papers by the statement, and the processing clauses by law", () => {
  expect(kindsLacking({ agreements: [secrecy] })).toEqual([["processing"]])
  expect(gapsOf({ agreements: [secrecy], entity: { regimes: [] } })).toEqual([])
  expect(kindsLacking({ agreements: [] })).toEqual([["confidentiality", "processing"]])
})

test("a business partner is bound to secrecy by any paper that says so on a page", () => {
  const sharing = { mode: "share" as const, role: known("controller" as const), grounds: [aGround("partner")] }
  expect(gapsOf({ sharing, agreements: [secrecy] })).toEqual([])
  expect(gapsOf({ sharing, agreements: [{ kind: "controller-sharing" }] })).toEqual([])
  const silent = { kind: "controller-sharing" as const, checklist: [] }
  expect(kindsLacking({ sharing, agreements: [silent] })).toEqual([["confidentiality"]])
  const ccpa = { regimes: [{ regime: "CCPA" as const, ...OPEN }] }
  expect(kindsLacking({ sharing, agreements: [secrecy], entity: ccpa })).toEqual([["ccpa"]])
})

test("a joint-controller arrangement may be accepted; a confidentiality agreement has to be signed", () => {
  const joint = { mode: "share" as const, role: known("joint" as const), grounds: [aGround("partner")] }
  const arrangement = { kind: "joint-arrangement" as const, ...signed("2025-12-15", "accepted") }
  expect(gapsOf({ sharing: joint, agreements: [secrecy, arrangement] })).toEqual([])
  expect(kindsLacking({ sharing: joint, agreements: [secrecy] })).toEqual([["joint-arrangement"]])
  expect(
    kindsLacking({ sharing: joint, agreements: [{ ...secrecy, ...signed("2025-12-15", "accepted") }, arrangement] }),
  ).toEqual([["confidentiality"]])
})

test("a merger needs the successor's undertaking, unless people are asked anew before it begins", () => {
  const sharing = (over: object) => ({ mode: "transfer" as const, grounds: [aGround("merger", over)] })
  expect(kindsLacking({ sharing: sharing({}), agreements: [] })).toEqual([["successor"]])
  expect(gapsOf({ sharing: sharing({}), agreements: [{ kind: "successor" }] })).toEqual([])
  expect(gapsOf({ sharing: sharing({ reconsentOn: known(day("2026-01-01")) }), agreements: [] })).toEqual([])
  expect(kindsLacking({ sharing: sharing({ reconsentOn: known(day("2026-01-02")) }), agreements: [] })).toEqual([
    ["successor"],
  ])
})

test("a paper covers a sharing only on the days on which it names it", () => {
  const covers = typedAgreement({ entityId: nthId("entity", 1), partyId: nthId("party", 2) }, [
    nthId("sharing", 3),
  ]).covers.map((line) => ({ ...line, firstOn: day("2026-02-01"), lastOn: day("2026-02-28") }))
  expect(coveredOf({ agreements: [{ covers }] })).toEqual(["2026-02-01..2026-03-01"])
})
