import { z } from "zod"
import { noteMade, type IntakeRow } from "@/db/statements/intakes"
import {
  addAuthor,
  deleteProposal,
  draftProposals,
  insertRequest,
  saveProposals,
  type ProposalRow,
} from "@/db/statements/requests"
import { dropReview } from "@/db/statements/review"
import type { Tx } from "@/db/connect"
import { canonical } from "@/domain/core/canonical"
import { cut } from "@/domain/core/cut"
import { fold } from "@/domain/core/fold"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { askedNow } from "@/domain/intake/asked"
import { overPrefilled } from "@/domain/intake/prefill"
import { proposalsOf, type IntakeProposal, type Made } from "@/domain/intake/proposals"
import type { Answers, Beginning } from "@/domain/intake/question"
import { questionOf } from "@/domain/intake/questions"
import { remade } from "@/domain/intake/remade"
import { wrongIn } from "@/domain/intake/values"
import { SHAPES, type BodyOf, type RecordKind } from "@/domain/records/kinds"
import { idOf } from "@/domain/records/parts"
import { titleOf } from "@/domain/records/project"
import { jot } from "@/usecases/jot"
import { editable, noted } from "@/usecases/requests/draft-request"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { loadRecords } from "@/usecases/register/records"
import { surroundings, type Surroundings } from "./known-already"
import { madeIn } from "./of-request"
import { openIntake, unknownIn } from "./save-answers"
import { answersIn, idsIn, keptIn } from "./stored"

/**
 * Makes the request that the answers propose, as a draft; or brings a draft that was made of them up to date, leaving what
 * was typed there by hand. Whoever answers is its author. Nothing of it runs or is in force before it is submitted.
 */
export const makeRequest = jot<{ id: string }, { id: string; records: number }>({
  name: "request.draft",
  input: z.strictObject({ id: idOf("intake") }) as unknown as z.ZodType<{ id: string }>,
  run: async (tx, { input, actor, scene }) => {
    const open = await openIntake(tx, input.id, actor)
    if (!open.ok) return open
    const row = open.value
    const own = answersIn(keptIn(row))
    const around = await surroundings(tx, own, scene, actor)
    const answers = overPrefilled(own, around.prefills)
    const fits = stillFits(answers, around)
    if (!fits.ok) return fits
    const made = await withNoted(
      tx,
      keptQuiet(proposalsOf(answers, { ids: idsIn(row), ...around }), around),
      actor,
      scene,
    )
    if (made.proposals.length === 0) return refuse("invalid", whyNothing(answers, around))
    // By rule they fit; what does not would only be found at the submission, where nobody could mend it.
    const bad = made.proposals.find((one) => !SHAPES[one.kind].safeParse(one.body).success)
    if (bad) throw new Error(`an intake proposed a ${bad.kind} that is none`)
    const requestId = row.requestId ?? newId(scene, "request")
    const kept = row.requestId
      ? await again(tx, { row, made, requestId, actor })
      : await begin(tx, { made, around, requestId, actor, scene, title: titleFor(answers, made, around) })
    if (!kept.ok) return kept
    await write(tx, requestId, made.proposals, kept.value, scene)
    await noteMade(tx, {
      ...{ id: row.id, requestId, version: row.version + 1 },
      made: canonical({
        answers: askedNow(answers, around.facts).counted,
        proposals: made.proposals.map(({ recordId, kind, body }) => ({ recordId, kind, body })),
      }),
    })
    return good({ id: requestId, records: made.proposals.length })
  },
})

/**
 * Days that passed since they were answered are looked at once more: *since when* cannot lie ahead. So is what they name: it
 * may have ended, or be no longer for whoever answered.
 */
function stillFits(answers: Answers, around: Surroundings): Outcome<unknown> {
  const { counted } = askedNow(answers, around.facts)
  const fields = Object.entries(counted).flatMap(([id, given]) => {
    const question = questionOf(id)
    const late = question?.shape.is === "day" && !question.shape.future ? wrongIn(question, given, around.today) : null
    const says = late ?? unknownIn(id, given, around)
    return says ? [{ path: `q.${id}`, says }] : []
  })
  return fields.length ? refuse("invalid", "invalid.form", { fields }) : good({})
}

function whyNothing(answers: Answers, { named }: Surroundings): string {
  const reaches = answers["2.1"]
  const decided = named.party && named.party.body.dataDecision !== "undecided"
  if (decided && reaches?.state === "known" && reaches.value === "no") return "invalid.intake-decided"
  return decided && reaches?.state === "unknown" ? "invalid.intake-known" : "invalid.intake-nothing"
}

type Begun = { made: Made; around: Surroundings; requestId: string; actor: Actor; scene: Scene; title: string }

async function begin(
  tx: Tx,
  { made, around, requestId, actor, scene, title }: Begun,
): Promise<Outcome<IntakeProposal[]>> {
  await insertRequest(tx, {
    ...{ id: requestId, title, fold: fold(title), kind: made.kind, by: actor.id, at: scene.now },
    restrictedTo: narrowest(bodiesOf(made, around)),
  })
  return good(made.proposals)
}

type Restrictable = { restrictedTo: readonly string[] | null }

/** What is proposed, and what of the register it is about: the title names the party also where that stays as it is. */
const bodiesOf = (made: Made, { named }: Surroundings): Restrictable[] => [
  ...made.proposals.map((one) => one.body),
  ...[named.party, named.sharing, named.agreement].flatMap((one) => (one ? [one.body] : [])),
]

/** New records about what only some may know of are known to those alone, until one of them says otherwise. */
function keptQuiet(made: Made, around: Surroundings): Made {
  const restrictedTo = narrowest(bodiesOf(made, around))
  if (restrictedTo === null) return made
  const proposals = made.proposals.map((one) =>
    one.op === "create" ? ({ ...one, body: { ...one.body, restrictedTo } } as IntakeProposal) : one,
  )
  return { ...made, proposals }
}

/** What every draft notes by itself: of an ending by when the data is gone, of a changed party since when. */
async function withNoted(tx: Tx, made: Made, actor: Actor, scene: Scene): Promise<Made> {
  const on = { scope: scopeOf(actor), now: scene.now }
  const proposals: IntakeProposal[] = []
  for (const one of made.proposals)
    proposals.push({ ...one, body: await noted(tx, one, one.recordId, one.body, on) } as unknown as IntakeProposal)
  return { ...made, proposals }
}

/** Whoever may know of every one of these; null: everybody. */
function narrowest(bodies: readonly Restrictable[]): string[] | null {
  const lists = bodies.flatMap((one) => (one.restrictedTo ? [[...one.restrictedTo]] : []))
  const [first, ...rest] = lists
  return first ? first.filter((id) => rest.every((list) => list.includes(id))) : null
}

type Again = { row: IntakeRow; made: Made; requestId: string; actor: Actor }

async function again(tx: Tx, { row, made, requestId, actor }: Again): Promise<Outcome<IntakeProposal[]>> {
  const request = await editable(tx, requestId, actor)
  if (!request.ok) return request
  // A request cannot change from one that is approved to one that records what runs.
  if (request.value.kind !== made.kind) return refuse("conflict", "conflict.intake-kind")
  const last = madeIn(row)?.proposals ?? []
  const drafts = await draftProposals(tx, requestId)
  const now = drafts.map(({ recordId, kind, body }) => ({ recordId, kind, body: JSON.parse(body) as unknown }))
  const { save, drop } = remade(made.proposals, last, now)
  for (const recordId of drop) {
    await dropReview(tx, requestId, recordId)
    await deleteProposal(tx, requestId, recordId)
  }
  await addAuthor(tx, requestId, actor.id)
  return good(save)
}

async function write(
  tx: Tx,
  requestId: string,
  all: readonly IntakeProposal[],
  save: readonly IntakeProposal[],
  scene: Scene,
): Promise<void> {
  const standing = await loadRecords(
    tx,
    save.filter((one) => one.op !== "create").map((one) => one.recordId),
    null,
  )
  const before = await draftProposals(tx, requestId)
  const list = save.map((one): ProposalRow => {
    const drafted = before.find((row) => row.recordId === one.recordId)
    const version = standing.find((record) => record.id === one.recordId)?.version ?? null
    return {
      ...{ recordId: one.recordId, kind: one.kind, op: one.op, discovered: one.discovered },
      baseVersion: one.op === "create" ? null : (drafted?.baseVersion ?? version),
      position: drafted?.position ?? all.findIndex((item) => item.recordId === one.recordId) + 1,
      body: canonical(one.body),
      ...{ importId: null, sheet: null, row: null },
    }
  })
  await saveProposals(tx, requestId, scene.now, list)
}

/** What the request is called: by what it does and about whom. */
function titleFor(answers: Answers, made: Made, around: Surroundings): string {
  const beginning = answers["1.1"]?.state === "known" ? (answers["1.1"].value as Beginning) : "new-supplier"
  const party = made.proposals.find((one) => one.kind === "party")
  const first = party ?? made.proposals[0]
  const { named } = around
  const name = named.party?.body.legalName ?? (first ? titleOf(first.kind, first.body as BodyOf[RecordKind]) : "")
  const flow = made.proposals.find((one) => one.kind === "sharing")
  const what = flow ? titleOf("sharing", flow.body as BodyOf["sharing"]) : ""
  const words = [BEGUN[beginning], [name, what === name ? "" : what].filter((word) => word !== "").join(": ")]
  return cut(words.filter((word) => word !== "").join(" "), 300)
}

/** How titles begin, in the language of the register's records. */
const BEGUN: Record<Beginning, string> = {
  "new-supplier": "Use",
  "more-data": "More data:",
  affiliate: "Let a group company use data:",
  merger: "Hand over:",
  publish: "Publish:",
  authority: "Answer a demand:",
  renew: "Renew",
  end: "End",
  running: "Found running:",
}
