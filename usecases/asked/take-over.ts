import { z } from "zod"
import { sql } from "drizzle-orm"
import {
  answersOf,
  filesOfLink,
  linkById,
  noteTaking,
  takingsOf,
  type LinkFile,
  type LinkRow,
} from "@/db/statements/asked"
import { proposalsById } from "@/db/statements/parts"
import { draftProposals } from "@/db/statements/requests"
import { rows, type Tx } from "@/db/connect"
import { QUESTIONS, readAnswers, type Answers, type Question, type Typed } from "@/domain/asked/questions"
import { assessmentBegun, chainNamed, FIELD_OF, intoParty, intoSharing, partyNamed } from "@/domain/asked/take-over"
import { fold } from "@/domain/core/fold"
import { isId, type Id } from "@/domain/core/id"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { RecordKind } from "@/domain/records/kinds"
import { idOf, text } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { editable, putProposal } from "@/usecases/requests/draft-request"
import { openDrafts, type Proposal } from "@/usecases/requests/revision"
import type { Actor, Scene } from "@/usecases/scene"
import { scopeOf, unrestricted } from "@/usecases/scope"
import { knownLinks } from "./known-link"
import { hashOfField } from "./read-asked"

type Take = { requestId: Id<"request">; recordId: string; linkId: string; question: Question; title: string }
type On = { tx: Tx; actor: Actor; scene: Scene; input: Take; link: LinkRow; said: Answers; files: LinkFile[] }

/**
 * Takes over what a party says of one question into the draft, where the person who does it becomes its author; that it is stated
 * by the party, by which link and on which day, stays beside the field for as long as it holds just that.
 */
export const takeOver = jot<Take, { recordId: string }>({
  name: "request.draft",
  input: z.strictObject({
    requestId: idOf("request"),
    recordId: z.string().max(40),
    linkId: idOf("supplierLink"),
    question: z.enum(QUESTIONS),
    /** What a record is called that begins with it. */
    title: text(200).default("Certificates"),
  }) as unknown as z.ZodType<Take>,
  run: async (tx, { input, actor, scene }) => {
    const request = await editable(tx, input.requestId, actor)
    if (!request.ok) return request
    // Locked: what is being cleared at this moment is not taken over half.
    const link = await linkById(tx, input.linkId, true)
    const [known] = link?.sentAt ? await knownLinks(tx, [link], actor) : []
    const answers = known ? await answersOf(tx, known.id) : null
    if (!known || !answers) return refuse("not-found", "not-found")
    const said = readAnswers(JSON.parse(answers.body) as Typed).answers
    const on: On = { tx, actor, scene, input, link: known, said, files: await filesOfLink(tx, known.id) }
    const record = await standing(on)
    if (!record || !isAbout(record, known)) return refuse("not-found", "not-found")
    if (input.question === "subprocessors") return takeSubs(on, record)
    if (input.question === "certificates") return takeCertificates(on)
    return takeField(on, record)
  },
})

type Standing = Pick<Proposal, "recordId" | "kind" | "op" | "discovered"> & { body: Record<string, unknown> }

/** The record as the draft has it, or as it is in force: then taking over proposes a change of it. */
async function standing({ tx, input, actor }: On): Promise<Standing | null> {
  const [draft] = openDrafts(await proposalsById(tx, input.requestId, 0, [input.recordId]))
  if (draft) return { ...draft, body: draft.body as unknown as Record<string, unknown> }
  const [record] = await loadRecords(tx, [input.recordId], null)
  if (!record || !readable(record, scopeOf(actor))) return null
  const body = record.body as unknown as Record<string, unknown>
  return { recordId: record.id, kind: record.kind, op: "change", discovered: false, body }
}

/** Whether the record is the party that answered, or a flow of the asking company to it. */
function isAbout(record: Standing, link: LinkRow): boolean {
  if (record.kind === "party") return record.recordId === link.partyId
  return record.kind === "sharing" && record.body.partyId === link.partyId && record.body.entityId === link.entityId
}

async function takeField(on: On, record: Standing): Promise<Outcome<{ recordId: string }>> {
  const { question } = on.input
  const about = FIELD_OF[question]
  const body =
    record.kind === "sharing"
      ? intoSharing(question, on.said, record.body as never)
      : intoParty(question, on.said, record.body as never)
  if (!about || about.kind !== record.kind || !body) return refuse("invalid", "invalid.nothing-to-take")
  const { kind, recordId, op, discovered } = record
  const saved = await put(on, { kind, recordId, op, discovered, body })
  if (!saved.ok) return saved
  // As it was kept: texts are tidied on their way in.
  const [kept] = openDrafts(await proposalsById(on.tx, on.input.requestId, 0, [recordId]))
  await note(on, recordId, about.field, ((kept?.body ?? {}) as unknown as Record<string, unknown>)[about.field])
  return saved
}

async function put(
  { tx, actor, scene, input }: On,
  what: { kind: RecordKind; recordId?: string; op: "create" | "change" | "end"; discovered?: boolean; body: unknown },
): Promise<Outcome<{ recordId: string }>> {
  const saved = await putProposal(tx, {
    input: { requestId: input.requestId, discovered: false, ...what },
    actor,
    scene,
  })
  return saved.ok ? good({ recordId: saved.value.recordId }) : saved
}

const note = ({ tx, input, link, actor, scene }: On, recordId: string, field: string, value: unknown) =>
  noteTaking(tx, {
    ...{ requestId: input.requestId, recordId, field, linkId: link.id, question: input.question },
    ...{ hash: hashOfField(value), byPerson: actor.id, at: scene.now },
  })

/** A link of the chain for each sub-processor that is not in the draft yet; a party that the register has by that name is it. */
async function takeSubs(on: On, record: Standing): Promise<Outcome<{ recordId: string }>> {
  if (record.kind !== "sharing" || on.said.subprocessors.length === 0)
    return refuse("invalid", "invalid.nothing-to-take")
  const sharingId = record.recordId as Id<"sharing">
  for (const line of on.said.subprocessors) {
    const drafts = openDrafts(await draftProposals(on.tx, on.input.requestId, { after: 0, limit: 500 }))
    const partyId = (await partyCalled(on, drafts, line.name)) ?? (await newParty(on, line))
    if (typeof partyId !== "string") return partyId
    const there = drafts.some(
      (one) =>
        one.kind === "chain" &&
        "sharingId" in one.body &&
        one.body.sharingId === sharingId &&
        one.body.partyId === partyId,
    )
    if (there) continue
    const body = chainNamed(line, { sharingId, partyId, engagedBy: on.link.partyId as Id<"party"> })
    const saved = await put(on, { kind: "chain", op: "create", body })
    if (!saved.ok) return saved
    await note(on, saved.value.recordId, "", null)
  }
  return good({ recordId: record.recordId })
}

async function newParty(
  on: On,
  line: Answers["subprocessors"][number],
): Promise<Id<"party"> | Exclude<Outcome<never>, { ok: true }>> {
  const saved = await put(on, { kind: "party", op: "create", body: partyNamed(line) })
  if (!saved.ok) return saved
  await note(on, saved.value.recordId, "", null)
  return saved.value.recordId as Id<"party">
}

async function partyCalled(on: On, drafts: readonly Proposal[], name: string): Promise<Id<"party"> | null> {
  const wanted = fold(name)
  const draft = drafts.find(
    (one) => one.kind === "party" && "legalName" in one.body && fold(one.body.legalName) === wanted,
  )
  if (draft && isId("party", draft.recordId)) return draft.recordId
  const scope = scopeOf(on.actor)
  const found = await rows<{ id: string }>(
    on.tx,
    sql`select r.record_id as id from party_rows r where r.fold = ${wanted} and r.until_at = 'infinity' and r.standing <> 'ended'
      and ${unrestricted(scope, sql`r.restricted_to`)} order by r.record_id limit 2`,
  )
  // Two of one name: nobody can tell which is meant, so a new one is proposed and the near duplicate shows.
  return found.length === 1 && found[0] ? (found[0].id as Id<"party">) : null
}

/** A look at the party, begun with what it sent: whoever does it still has to look. */
async function takeCertificates(on: On): Promise<Outcome<{ recordId: string }>> {
  if (on.said.certificates.length === 0 && on.files.length === 0) return refuse("invalid", "invalid.nothing-to-take")
  const before = await begunAlready(on)
  if (before !== null) return good({ recordId: before })
  const readable = on.files.filter((file) => file.held !== "infected")
  const files = readable.map(({ id, sha256, name }) => ({ fileId: id as Id<"file">, sha256, name: name.slice(0, 300) }))
  const title = `${on.input.title}: ${on.link.partyName}`
  const body = assessmentBegun(on.said, { partyId: on.link.partyId as Id<"party">, title, files })
  const saved = await put(on, { kind: "assessment", op: "create", body })
  if (saved.ok) await note(on, saved.value.recordId, "", null)
  return saved
}

/** The look that this link's certificates began in the draft before, where it still is there: pressed twice it is one. */
async function begunAlready({ tx, input, link }: On): Promise<string | null> {
  const taken = await takingsOf(tx, { requestId: input.requestId })
  const begun = taken.filter((one) => one.question === "certificates" && one.linkId === link.id)
  const [draft] = await proposalsById(
    tx,
    input.requestId,
    0,
    begun.map((one) => one.recordId),
  )
  return draft?.recordId ?? null
}
