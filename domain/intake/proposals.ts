import { BLANK, known, NOT_APPLICABLE, unknown, type Answer } from "@/domain/core/answer"
import { addDays, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import type { PartyKind } from "@/domain/vocabulary/parties"
import { askedNow } from "./asked"
import { flowBody, moreOf } from "./flow-body"
import { assessmentsOf, demandBody, paperBodies } from "./paper-bodies"
import type { Answers, Beginning, Facts, Given, PartyChoice } from "./question"

/** The ids that the records of an intake will have: made once, so that making them twice makes the same ones. */
export const MADE = ["party", "sharing", "agreement", "demand", "vetting", "transfer", "impact", "audit"] as const
export type MadeIds = {
  party: Id<"party">
  sharing: Id<"sharing">
  agreement: Id<"agreement">
  demand: Id<"demand">
  vetting: Id<"assessment">
  transfer: Id<"assessment">
  impact: Id<"assessment">
  audit: Id<"assessment">
}

/** What the register holds of the records that the answers name. */
export type Named = {
  party: { id: Id<"party">; body: Party } | null
  sharing: { id: Id<"sharing">; body: Sharing } | null
  agreement: { id: Id<"agreement">; body: Agreement } | null
}

export type MakeOn = { ids: MadeIds; named: Named; facts: Facts; today: Day }

export type IntakeProposal = {
  [K in RecordKind]: {
    kind: K
    recordId: string
    op: "create" | "change" | "end"
    body: BodyOf[K]
    discovered: boolean
  }
}[RecordKind]

/** What a request would be made of, and of which kind it is. */
export type Made = { kind: "change" | "discovered"; proposals: IntakeProposal[] }

/**
 * The records that the answers propose, in the product's own shapes. Only what is asked counts: a hidden answer proposes
 * nothing. Without a company and a party there is nothing to propose yet.
 */
export function proposalsOf(answers: Answers, on: MakeOn): Made {
  const { counted } = askedNow(answers, on.facts)
  const read = reading(counted)
  const beginning = read.code("1.1") as Beginning | null
  const change = (proposals: IntakeProposal[]): Made => ({ kind: "change", proposals })
  if (beginning === "more-data") return change(moreData(read, on))
  if (beginning === "end") return change(ending(read, on))
  if (beginning === "renew") return change(paperBodies(read, on, null))
  if (beginning === null) return change([])
  const reaches = reachesIn(read, beginning)
  const party = partyOf(read, beginning, on)
  if (!party) return change([])
  if (reaches !== "yes" && reaches !== "deidentified")
    return change(party.proposal ? [party.proposal] : undecided(read, on))
  const entityId = read.code("1.2")
  if (!entityId) return change(party.proposal ? [party.proposal] : [])
  const runs = beginning === "running" || (beginning === "authority" && read.code("5.3f") === "yes")
  const sharing = flowBody(read, { beginning, entityId: entityId as Id<"entity">, partyId: party.id, on, runs })
  const flow: IntakeProposal = {
    ...{ kind: "sharing", recordId: on.ids.sharing, op: "create", body: sharing, discovered: runs },
  }
  const demand = beginning === "authority" ? [demandBody(read, sharing, on)] : []
  const known = party.proposal && !(runs && party.proposal.op === "change") ? [party.proposal] : []
  if (runs) return { kind: "discovered", proposals: [...known, ...demand, flow] }
  return change([...known, ...demand, flow, ...paperBodies(read, on, sharing), ...assessmentsOf(read, party.id, on)])
}

/** Reads the counted answers into the register's own answers. */
export type Reading = {
  code: (id: string) => string | null
  list: (id: string) => readonly string[]
  given: (id: string) => Given | undefined
  /** The answer with its state; what is asked of the supplier says so. */
  answer: <T>(id: string, map: (value: string) => T) => Answer<T>
  answers: <T>(id: string, map: (values: readonly string[]) => T) => Answer<T>
  all: Answers
}

/** Whom an answer was asked of that the supplier is to give, where nobody is named. */
export const OF_SUPPLIER = "The supplier"

/** The counted answers, as the records read them. */
export function reading(counted: Answers): Reading {
  const value = (id: string) => {
    const given = counted[id]
    return given?.state === "known" ? given.value : null
  }
  const open = (given: Given | undefined): Answer<never> => {
    if (!given || given.state === "known") return BLANK
    if (given.state === "not-applicable") return NOT_APPLICABLE
    return unknown(given.asked ?? (given.of === "supplier" ? OF_SUPPLIER : undefined), given.due)
  }
  return {
    code: (id) => {
      const found = value(id)
      return typeof found === "string" ? found : null
    },
    list: (id) => {
      const found = value(id)
      return Array.isArray(found) ? found : []
    },
    given: (id) => counted[id],
    answer: (id, map) => {
      const found = value(id)
      return typeof found === "string" ? known(map(found)) : open(counted[id])
    },
    answers: (id, map) => {
      const found = value(id)
      return Array.isArray(found) ? known(map(found)) : open(counted[id])
    },
    all: counted,
  }
}

const KIND_OF: Partial<Record<Beginning, PartyKind>> = {
  affiliate: "affiliate",
  merger: "successor",
  authority: "authority",
  publish: "public",
}

/** Whom data goes to: a party of the register, with what the answers change of it, or a new one. */
function partyOf(
  read: Reading,
  beginning: Beginning,
  on: MakeOn,
): { id: Id<"party">; proposal: IntakeProposal | null } | null {
  const chosen = read.given("1.3")
  const choice = chosen?.state === "known" ? (chosen.value as PartyChoice) : null
  const kind =
    KIND_OF[beginning] ?? (["own-ends", "together"].includes(read.code("4.1") ?? "") ? "partner" : "processor")
  const standing = on.named.party
  if (standing && (beginning === "publish" || (choice && "id" in choice && choice.id === standing.id))) {
    const body = changedParty(standing.body, read, { kind, on, beginning })
    const proposal: IntakeProposal | null = body && {
      ...{ kind: "party", recordId: standing.id, op: "change", body, discovered: false },
    }
    return { id: standing.id, proposal }
  }
  const name = beginning === "publish" ? THE_PUBLIC : choice && "name" in choice ? choice.name : null
  if (name === null) return null
  const body = newParty(read, name, { kind, on, beginning })
  return {
    id: on.ids.party,
    proposal: { kind: "party", recordId: on.ids.party, op: "create", body, discovered: false },
  }
}

/** The recipient of what is made public. */
export const THE_PUBLIC = "The public"

function newParty(
  read: Reading,
  name: string,
  { kind, on, beginning }: { kind: PartyKind; on: MakeOn; beginning: Beginning },
): Party {
  const number = read.code("1.3e")
  const decided = decisionOf(read, on, beginning)
  return {
    ...(blankOf(FIELDS.party) as Party),
    legalName: name.trim(),
    country:
      kind === "public" ? NOT_APPLICABLE : (read.answers("1.3c", ([first]) => first as never) as Party["country"]),
    kinds: decided.dataDecision === "receives-data" ? [{ kind, firstOn: null, lastOn: null }] : [],
    subKind: kind === "processor" || kind === "partner" ? read.answer("4.3", (code) => code as never) : NOT_APPLICABLE,
    website: read.answer("1.3d", (text) => text),
    identifiers: number ? [{ kind: LEI.test(number) ? "lei" : "registration", value: number }] : [],
    // Without a flow there is no other place that says what they are wanted for; whoever looks has to know it.
    notes: decided.dataDecision === "receives-data" ? BLANK : read.answer("1.4", (text) => text),
    ...decided,
  }
}

const LEI = /^[A-Z0-9]{18}[0-9]{2}$/

/** What runs carries data; of anything else it is asked. */
const reachesIn = (read: Reading, beginning: Beginning): string | null =>
  beginning === "running" ? "yes" : read.code("2.1")

/** Whether data reaches the party, as far as the answers say: *not sure* is for the DPO, and stays undecided. */
function decisionOf(
  read: Reading,
  on: MakeOn,
  beginning: Beginning,
): Pick<Party, "dataDecision" | "noDataReason" | "noDataReviewOn"> {
  const reaches = reachesIn(read, beginning)
  if (reaches === "no")
    return {
      dataDecision: "no-personal-data",
      noDataReason: read.answer("2.3", (text) => text),
      noDataReviewOn: known(addDays(on.today, 365)),
    }
  const decided = reaches === "yes" || reaches === "deidentified"
  return { dataDecision: decided ? "receives-data" : "undecided", noDataReason: BLANK, noDataReviewOn: BLANK }
}

/** A party of the register with what it lacks for this; null where nothing changes. */
function changedParty(
  body: Party,
  read: Reading,
  { kind, on, beginning }: { kind: PartyKind; on: MakeOn; beginning: Beginning },
): Party | null {
  const decided = decisionOf(read, on, beginning)
  if (decided.dataDecision === "undecided") return null
  if (decided.dataDecision === "no-personal-data")
    return body.dataDecision === "undecided" ? { ...body, ...decided } : null
  const isOne = body.kinds.some((line) => line.kind === kind)
  if (isOne && body.dataDecision === "receives-data") return null
  return {
    ...body,
    ...decided,
    kinds: isOne ? body.kinds : [...body.kinds, { kind, firstOn: null, lastOn: null }].slice(0, 20),
  }
}

/** Nobody is sure whether data reaches a party of the register: its notes say so, and the DPO is asked. */
function undecided(read: Reading, on: MakeOn): IntakeProposal[] {
  const { party } = on.named
  if (!party || party.body.dataDecision !== "undecided") return []
  const asked = read.code("1.4")
  const body = asked ? { ...party.body, notes: known(asked) } : party.body
  return [{ kind: "party", recordId: party.id, op: "change", body, discovered: false }]
}

function moreData(read: Reading, on: MakeOn): IntakeProposal[] {
  const { sharing } = on.named
  if (!sharing || sharing.id !== read.code("1.3a")) return []
  const body = moreOf(sharing.body, read)
  return [{ kind: "sharing", recordId: sharing.id, op: "change", body, discovered: false }]
}

/** Ends a flow: at once when its last day has come, else by the last day that it gets. */
function ending(read: Reading, on: MakeOn): IntakeProposal[] {
  const { sharing } = on.named
  if (!sharing || sharing.id !== read.code("1.3a")) return []
  const last = read.code("9.1") as Day | null
  const proof = read.code("9.1c") as Day | null
  const body: Sharing = {
    ...sharing.body,
    endsOn: last ? known(last) : sharing.body.endsOn,
    deletionProof: proof ? unknown(OF_SUPPLIER, proof) : sharing.body.deletionProof,
  }
  const op = last !== null && last <= on.today ? "end" : "change"
  return [{ kind: "sharing", recordId: sharing.id, op, body, discovered: false }]
}
