import { BLANK, known, NOT_APPLICABLE, unknown, valueOr } from "@/domain/core/answer"
import { cut } from "@/domain/core/cut"
import type { Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import type { Assessment } from "@/domain/records/assessment"
import type { Demand } from "@/domain/records/evidence"
import { blankOf, FIELDS } from "@/domain/records/fields"
import type { Sharing } from "@/domain/records/sharing"
import type { IntakeProposal, MakeOn, Reading } from "./proposals"

/** The paper of the flow: an existing one that now covers it, a new one as stated, or a renewal. */
export function paperBodies(read: Reading, on: MakeOn, sharing: Sharing | null): IntakeProposal[] {
  const propose = (recordId: string, op: "create" | "change", body: Agreement): IntakeProposal => ({
    ...{ kind: "agreement", recordId, op, body, discovered: false },
  })
  const standing = on.named.agreement
  if (!sharing) {
    if (!standing || standing.id !== read.code("1.3b")) return []
    return [propose(standing.id, "change", renewed(standing.body, read))]
  }
  const way = read.code("7.1")
  const cover = { sharingId: on.ids.sharing, firstOn: null, lastOn: null }
  if (way === "existing") {
    if (!standing || standing.id !== read.code("7.1a") || standing.body.partyId !== sharing.partyId) return []
    if (standing.body.entityId !== sharing.entityId) return []
    return [propose(standing.id, "change", { ...standing.body, covers: [...standing.body.covers, cover] })]
  }
  const kind = read.code("7.2")
  if ((way !== "ours" && way !== "theirs") || !kind) return []
  const body: Agreement = {
    ...(blankOf(FIELDS.agreement) as Agreement),
    ...{ entityId: sharing.entityId, partyId: sharing.partyId, kind: kind as Agreement["kind"], amends: null },
    title: cut(`${PAPER_TITLE[way]} (${sharing.title})`, 300),
    reference: read.answer("7.5", (text) => text),
    knownHow: "stated",
    signatories: signedBy(read),
    effectOn: read.answer("7.3a", (day) => day as Day),
    endsOn: read.answer("7.3b", (day) => day as Day),
    renewal: renewalOf(read),
    noticeAddress: read.answer("7.3f", (text) => text),
    objectionDays: read.answer("7.2b", Number),
    deletionDays: read.answer("7.2c", Number),
    covers: [cover],
    restrictedTo: null,
  }
  return [propose(on.ids.agreement, "create", body)]
}

const PAPER_TITLE = { ours: "Our paper", theirs: "Their paper" }

function signedBy(read: Reading): Agreement["signatories"] {
  const name = read.code("7.2a")
  if (name === null) return []
  const signedOn = read.answer("7.3", (day) => day as Day)
  return [{ side: "party", name, capacity: "", signedOn, how: "signed", knownHow: "stated" }]
}

function renewalOf(read: Reading): Agreement["renewal"] {
  return read.answer("7.3c", (way) => ({
    way: way as "never",
    months: Number(read.code("7.3d") ?? 0),
    noticeMonths: Number(read.code("7.3e") ?? 0),
  }))
}

/** A paper with a later end; everything else of it is unchanged. */
function renewed(body: Agreement, read: Reading): Agreement {
  const [end, renewal] = [read.answer("7.3b", (day) => day as Day), renewalOf(read)]
  return {
    ...body,
    endsOn: end.state === "blank" ? body.endsOn : end,
    renewal: renewal.state === "blank" ? body.renewal : renewal,
    noticeAddress: read.code("7.3f") === null ? body.noticeAddress : read.answer("7.3f", (text) => text),
    reference: read.code("7.5") === null ? body.reference : read.answer("7.5", (text) => text),
  }
}

/** The demand of an authority: who asked, whether the power was checked, what was given, whether it is secret. */
export function demandBody(read: Reading, sharing: Sharing, on: MakeOn): IntakeProposal {
  const kinds = valueOr(sharing.dataLines, []).map((line) => line.kind)
  const body: Demand = {
    ...(blankOf(FIELDS.demand) as Demand),
    ...{ entityId: sharing.entityId, partyId: sharing.partyId, title: cut(`Demand: ${sharing.title}`, 300) },
    citation: read.answer("5.3", (text) => text),
    docket: read.answer("5.3g", (text) => text),
    answerOn: read.answer("5.3e", (day) => day as Day),
    dataKinds: kinds.length ? known(kinds) : BLANK,
    secrecy: read.answer("5.3d", (code) => code as "secret"),
    askedBy: read.answer("5.3a", (text) => text),
    powerChecked: read.answer("5.3b", (code) => code as "yes"),
    given: read.answer("5.3c", (text) => text),
    restrictedTo: null,
  }
  return { kind: "demand", recordId: on.ids.demand, op: "create", body, discovered: false }
}

/** The looks that the answers speak of: at the party, at the transfer, at the impact, and an audit that is planned. */
export function assessmentsOf(read: Reading, partyId: Id<"party">, on: MakeOn): IntakeProposal[] {
  const make = (
    recordId: Id<"assessment">,
    over: Pick<Assessment, "kind" | "title"> & Partial<Assessment>,
  ): IntakeProposal => ({
    ...{ kind: "assessment", recordId, op: "create", discovered: false },
    body: {
      ...(blankOf(FIELDS.assessment) as Assessment),
      ...{ partyId, sharingId: on.ids.sharing, restrictedTo: null, ...over },
    },
  })
  const until = (id: string) => read.answer(id, (day) => day as Day)
  const out: IntakeProposal[] = []
  if (read.code("8.1") !== null)
    out.push(
      make(on.ids.vetting, {
        ...{ kind: "due-diligence", title: "Certificates and reports", sharingId: null },
        ...{ summary: read.answer("8.1", (text) => text), validUntil: until("8.1a") },
      }),
    )
  if (read.code("6.3") !== null)
    out.push(
      make(on.ids.transfer, {
        ...{ kind: "tia", title: "Transfer impact assessment" },
        ...{ outcome: read.answer("6.3", (code) => code as "equivalent"), validUntil: until("6.3a") },
        summary: read.answer("6.3b", (text) => text),
      }),
    )
  if (read.code("8.3") !== null)
    out.push(
      make(on.ids.impact, {
        ...{ kind: "pia", title: "Impact assessment" },
        ...{ outcome: read.answer("8.3", (code) => code as "passed"), validUntil: until("8.3a") },
      }),
    )
  const audit = read.code("8.4") as Day | null
  if (audit !== null)
    out.push(
      make(on.ids.audit, {
        ...{ kind: "audit", title: "Audit, planned", sharingId: null },
        ...{ doneOn: unknown(undefined, audit), outcome: NOT_APPLICABLE },
      }),
    )
  return out
}
