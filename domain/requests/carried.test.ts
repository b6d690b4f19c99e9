import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { typedParty } from "@/testing/bodies"
import { aBasis, nthId, OPEN, typedAgreement, typedAssessment, typedSharing } from "@/testing/in-2026"
import { editsBetween, fatesOf, type Carrier, type Held, type NewRevision } from "./carried"
import { stagesFor, STAGES, type Change } from "./stages"

const HERE = nthId("entity", 1)
const THERE = nthId("entity", 2)
const partyId = nthId("party", 1)
const flow = typedSharing({ entityId: HERE, partyId })
const rules = new Map([
  [HERE as string, { dpoDecides: true, mergeSeats: false }],
  [THERE as string, { dpoDecides: true, mergeSeats: false }],
])

function carrier<K extends RecordKind>(
  kind: K,
  recordId: string,
  body: BodyOf[K],
  over: Partial<Carrier> = {},
): Carrier {
  return { kind, recordId, body, op: "create", discovered: false, base: null, ...over } as Carrier
}
const needed = (list: readonly Carrier[]) =>
  stagesFor(
    list.map((item) => ({ op: item.op, kind: item.kind, before: item.base, after: item.body }) as unknown as Change),
    rules,
  )

/** Everybody decided on the first revision, in the order of the stages. */
function all(list: readonly Carrier[], over: Partial<Held> = {}): Held[] {
  return needed(list).map((stage, i) => ({
    ...{ id: `dec_${i}`, stage: stage.stage, entityId: stage.entityId, seat: stage.seat },
    ...{ personId: `psn_${i}`, verdict: "approve", hasReason: false, at: `2026-01-0${i + 1}` },
    ...over,
  }))
}

function carry(
  before: readonly Carrier[],
  after: readonly Carrier[],
  over: Partial<NewRevision> = {},
  held = all(before),
) {
  const on = { stages: needed(after), entities: rules, authors: [], against: false, ...over }
  return fatesOf(held, editsBetween(before, after), on)
}
const kept = (fates: ReturnType<typeof carry>): string[] =>
  fates.filter((one) => one.fate === "kept").map((one) => one.stage)
const why = (fates: ReturnType<typeof carry>, stage: string): string[] =>
  fates.find((one) => one.stage === stage)?.because ?? []

const S = nthId("sharing", 1)
const first = [carrier("sharing", S, flow)]
const edit = (over: Partial<BodyOf["sharing"]>) => [carrier("sharing", S, { ...flow, ...over })]

describe("what a new revision keeps", () => {
  test("a slight edit keeps all but the last, who looks again", () => {
    const fates = carry(first, edit({ tags: ["x"], owner: known("Ann") }))
    expect(kept(fates)).toEqual(["procurement", "legal"])
    expect(why(fates, "dpo")).toEqual(["one-looks-again"])
    expect(why(fates, "legal")).toEqual(["changed:sharing:owner", "changed:sharing:tags"])
  })
  test("with a stage that asked for changes open, a slight edit keeps all others", () => {
    const held = all(first).filter((one) => one.stage !== "procurement")
    expect(kept(carry(first, edit({ tags: ["x"] }), {}, held))).toEqual(["legal", "dpo"])
  })
  test("mode, ground, party and destination withdraw all", () => {
    const abroad = known([{ country: "US", kind: "storage" as const, mechanisms: [], ...OPEN }])
    const fates = carry(first, edit({ destinations: abroad }))
    expect(kept(fates)).toEqual([])
    expect(why(fates, "procurement")).toEqual(["changed:sharing:destinations"])
  })
  test("an edit withdraws the stages whose rows it touches, and no other", () => {
    const shared = { ...flow, mode: "share" as const }
    const before = [carrier("sharing", S, shared), carrier("party", partyId, typedParty())]
    const after = [carrier("sharing", S, { ...shared, bases: [aBasis("eu.6.1.f")] }), before[1] as Carrier]
    const fates = carry(before, after)
    expect(kept(fates)).toEqual(["procurement"])
    expect(why(fates, "legal")).toEqual(["changed:sharing:bases"])
  })
  test("a record that comes in wakes its own stages; a flow that comes in wakes all", () => {
    const party = [carrier("party", partyId, typedParty())]
    expect(
      kept(carry(party, [...party, carrier("assessment", nthId("assessment", 1), typedAssessment(partyId))])),
    ).toEqual(["procurement"])
    expect(kept(carry(party, [...party, ...first]))).toEqual([])
  })
  test("a record that is taken out wakes whoever was asked about it", () => {
    const paper = carrier("agreement", nthId("agreement", 1), typedAgreement({ entityId: HERE, partyId }, [S]))
    const fates = carry([...first, paper], first)
    expect(kept(fates)).toEqual(["dpo"])
    expect(why(fates, "legal")).toEqual(["taken-out:agreement:taken-out"])
  })
  test("one company's edit leaves the other's decisions alone", () => {
    const other = carrier("sharing", nthId("sharing", 2), { ...flow, entityId: THERE })
    const fates = carry([...first, other], [...edit({ channel: known("file") }), other])
    expect(fates.filter((one) => one.fate === "kept").map((one) => one.entityId)).toEqual([THERE, THERE, THERE])
  })
  test("the ground that moved underneath is a change of what was looked at", () => {
    const was = typedParty()
    const proposed = { ...was, country: known("FR") }
    const before = [carrier("party", partyId, proposed, { op: "change", base: was })]
    const moved = { ...was, legalName: "Another plc" }
    const after = [carrier("party", partyId, proposed, { op: "change", base: moved })]
    expect(kept(carry(before, after))).toEqual([])
    const slight = [carrier("party", partyId, proposed, { op: "change", base: { ...was, tags: ["x"] } })]
    expect(kept(carry(before, slight))).toEqual(["procurement"])
  })
  test("a stage that is not needed any more, or in another seat, keeps nothing", () => {
    const stages = needed(first).filter((one) => one.stage !== "procurement")
    const advising = stages.map((one) => (one.stage === "dpo" ? { ...one, seat: "advises" as const } : one))
    const fates = carry(first, edit({ tags: ["x"] }), { stages: advising })
    expect([why(fates, "procurement"), why(fates, "dpo")]).toEqual([["stage-gone"], ["seat-changed"]])
  })
  test("a second lawyer looks again when the first does", () => {
    const control = { ...flow, mode: "transfer" as const }
    const before = [carrier("sharing", S, control)]
    const held = all(before).filter((one) => one.stage !== "legal")
    const fates = carry(before, [carrier("sharing", S, { ...control, tags: ["x"] })], {}, held)
    expect(why(fates, "second-legal")).toEqual(["legal-anew"])
  })
  test("whoever approved without a word is asked again once advice is against", () => {
    const held = all(first).map((one) => ({ ...one, hasReason: one.stage === "procurement" }))
    const fates = carry(first, edit({ tags: ["x"] }), { against: true }, held)
    expect(why(fates, "legal")).toEqual(["advice-against"])
    expect(kept(fates)).toEqual(["procurement"])
  })
})

const someEdit = fc.record(
  {
    tags: fc.constant(["x"]),
    owner: fc.constant(known("Ann")),
    mode: fc.constantFrom("share", "transfer", "entrust"),
    channel: fc.constant(known("file")),
    subjects: fc.constant(known(["child"])),
    retention: fc.constant({ state: "unknown" }),
  },
  { requiredKeys: [] },
)

test("whatever is edited: what is kept was decided by no author at a stage still needed, and a deciding stage is open", () => {
  fc.assert(
    fc.property(
      someEdit,
      fc.subarray([...STAGES]),
      fc.subarray(["psn_0", "psn_1", "psn_2", "psn_3"]),
      fc.boolean(),
      (over, decidedStages, authors, against) => {
        const after = edit(over as Partial<BodyOf["sharing"]>)
        const held = all(first).filter((one) => (decidedStages as string[]).includes(one.stage))
        const stages = needed(after)
        const fates = carry(first, after, { authors, against }, held)
        expect(fates.map((one) => one.decisionId).sort()).toEqual(held.map((one) => one.id).sort())
        for (const one of fates.filter((item) => item.fate === "kept")) {
          expect(authors).not.toContain(held.find((item) => item.id === one.decisionId)?.personId)
          expect(stages.some((stage) => stage.stage === one.stage && stage.entityId === one.entityId)).toBe(true)
        }
        for (const one of fates) if (one.fate === "withdrawn") expect(one.because.length).toBeGreaterThan(0)
        const open = stages.filter((stage) => stage.seat === "decides" && !kept(fates).includes(stage.stage))
        expect(open.length).toBeGreaterThan(0)
        const touchesAll = "mode" in over && over.mode !== flow.mode
        if (touchesAll) expect(kept(fates)).toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})
