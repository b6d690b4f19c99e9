import { z } from "zod"
import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { filesById } from "@/db/statements/files"
import { heldAmong } from "@/db/statements/scans"
import { listEntityIds } from "@/db/statements/entities"
import { proposalsById, rowFellows } from "@/db/statements/parts"
import { draftProposals, readRequestRow } from "@/db/statements/requests"
import { good, refuse } from "@/domain/core/outcome"
import { ID_PREFIX, isId } from "@/domain/core/id"
import { fileIdsOf } from "@/domain/records/advice"
import { blankOf, FIELDS } from "@/domain/records/fields"
import { RECORD_KINDS, type BodyOf, type RecordKind } from "@/domain/records/kinds"
import { idOf } from "@/domain/records/parts"
import { titleOf } from "@/domain/records/project"
import { withoutAdvice } from "@/usecases/files/advice"
import type { FileHeld } from "@/usecases/files/held"
import { look } from "@/usecases/look"
import { readable } from "@/usecases/register/read-record"
import { unseenIn, withoutHidden } from "@/usecases/register/unseen"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { newId } from "@/usecases/scene"
import { scopeOf, unrestricted, inCompanies, inEntities, type Scope } from "@/usecases/scope"
import { refusedInDraft } from "./refused-files"
import { openDrafts } from "./revision"

export type EditPage = {
  kind: RecordKind
  /** The record's id; a new one has its id before it is first saved, so that saving twice makes one record. */
  recordId: string
  /** The body as it stands in the draft, in force, or blank. */
  body: Record<string, unknown>
  op: "create" | "change" | "end"
  discovered: boolean
  isNew: boolean
  /** What a reference may point to: records in force and those of this draft. At most 500 of a kind. */
  refs: Record<string, { id: string; label: string }[]>
  title: string
  /** Files that the body names and nobody may read now, and why. */
  held: Record<string, FileHeld>
  /** Of these those in which the scanner found something, and that no record in force names: they are taken out before it is submitted. */
  refused: { id: string; name: string }[]
}

type Asked = { requestId: string; recordId: string; about?: string }

/**
 * What the form of one proposal needs: `recordId` is a record's id, or `new-<kind>`; `about` the sharing in force that a
 * new record is made for.
 */
export const editDraft = look<Asked, EditPage>({
  name: "request.draft",
  input: z.strictObject({
    requestId: idOf("request"),
    recordId: z.string().max(40),
    about: z.string().max(40).optional(),
  }) as unknown as z.ZodType<Asked>,
  run: async (tx, { input, actor, scene }) => {
    const request = await readRequestRow(tx, input.requestId)
    if (
      !request ||
      request.createdBy !== actor.id ||
      (request.state !== "draft" && request.state !== "changes-requested")
    )
      return refuse("not-found", "not-found")
    const first = await draftProposals(tx, request.id, { after: 0, limit: 200 })
    // Of a draft of thousands the record itself, wherever it stands, and what it may name among the first.
    const asked = first.some((row) => row.recordId === input.recordId)
      ? []
      : await proposalsById(tx, request.id, 0, [input.recordId, ...(await rowFellows(tx, request.id, input.recordId))])
    const drafts = openDrafts([...first, ...asked])
    const fresh = /^new-([a-z]+)$/.exec(input.recordId)?.[1]
    const kind = (fresh ?? RECORD_KINDS.find((one) => input.recordId.startsWith(`${ID_PREFIX[one]}_`))) as
      RecordKind | undefined
    if (!kind || !(RECORD_KINDS as readonly string[]).includes(kind)) return refuse("not-found", "not-found")
    const scope = scopeOf(actor)
    const [draft] = await shown(
      tx,
      drafts.filter((item) => item.recordId === input.recordId),
      scope,
    )
    const refs = await choices(
      tx,
      scope,
      drafts.filter((item) => item.recordId !== input.recordId),
    )
    if (draft)
      return good<EditPage>({
        kind,
        recordId: input.recordId,
        body: draft.body as never,
        op: draft.op,
        discovered: draft.discovered,
        isNew: draft.op === "create",
        refs: await namingHeld(tx, refs, draft.body),
        title: titleOf(kind, draft.body as never),
        held: Object.fromEntries(await heldAmong(tx, fileIdsOf(draft.body))),
        refused: await refusedInDraft(
          tx,
          [...first, ...asked].filter((row) => row.recordId === input.recordId),
        ),
      })
    if (fresh)
      return good<EditPage>({
        kind,
        recordId: newId(scene, kind),
        body: { ...begun(kind, refs), ...(await madeFor(tx, kind, input.about, scope)) },
        op: "create",
        discovered: request.kind === "discovered",
        isNew: true,
        refs,
        title: "",
        held: {},
        refused: [],
      })
    const [stored] = await loadRecords(tx, [input.recordId], null)
    const [record] = stored && readable(stored, scope) ? await shown(tx, [stored], scope) : []
    if (!record) return refuse("not-found", "not-found")
    return good<EditPage>({
      kind,
      recordId: input.recordId,
      body: record.body as never,
      op: "change",
      discovered: false,
      isNew: false,
      refs: await namingHeld(tx, refs, record.body),
      title: titleOf(kind, record.body as BodyOf[RecordKind]),
      held: Object.fromEntries(await heldAmong(tx, fileIdsOf(record.body))),
      refused: [],
    })
  },
})

/** Files to choose from, with those that the body names and that nobody may read: they are called by their names still. */
async function namingHeld(tx: Tx, refs: EditPage["refs"], body: unknown): Promise<EditPage["refs"]> {
  const held = await heldAmong(tx, fileIdsOf(body))
  if (held.size === 0) return refs
  const names = await filesById(tx, [...held.keys()])
  const others = (refs.file ?? []).filter((one) => !held.has(one.id))
  return { ...refs, file: [...[...held.keys()].map((id) => ({ id, label: names.get(id)?.name ?? id })), ...others] }
}

/** What the form shows of a body: no legal advice, and a word in place of whom this person may not know of. */
async function shown<T extends { kind: RecordKind; body: unknown }>(tx: Tx, held: T[], scope: Scope): Promise<T[]> {
  return withoutHidden(await withoutAdvice(tx, held, scope), await unseenIn(tx, held, scope, null))
}

/** What a new paper or look takes from the sharing that it is made for: whose it is, and that it is about this one. */
async function madeFor(tx: Tx, kind: RecordKind, about: string | undefined, scope: Scope) {
  const [flow] = about && isId("sharing", about) ? await loadRecords(tx, [about], null) : []
  if (flow?.kind !== "sharing" || !readable(flow, scope)) return {}
  const { entityId } = flow.body
  const hidden = await unseenIn(tx, [flow], scope, null)
  if (hidden.has(flow.body.partyId)) return kind === "assessment" ? { sharingId: flow.id } : { entityId }
  const { partyId } = flow.body
  if (kind === "agreement") return { entityId, partyId, covers: [{ sharingId: flow.id, firstOn: null, lastOn: null }] }
  return kind === "assessment" ? { partyId, sharingId: flow.id } : {}
}

/** A blank body with what can only be one thing already chosen. */
function begun(kind: RecordKind, refs: EditPage["refs"]): Record<string, unknown> {
  const body = blankOf(FIELDS[kind]) as Record<string, unknown>
  for (const field of FIELDS[kind].fields) {
    if (field.node.is !== "ref") continue
    const options = refs[field.node.kind] ?? []
    const last = options[options.length - 1]
    if (field.node.kind === "entity" ? options.length === 1 : field.node.kind === "party" && last)
      body[field.name] = field.node.kind === "entity" ? options[0]?.id : last?.id
  }
  return body
}

async function choices(tx: Tx, scope: Scope, drafts: ReturnType<typeof openDrafts>): Promise<EditPage["refs"]> {
  const named = unrestricted(scope, sql`r.restricted_to`)
  const within = inEntities(scope, sql`r.entity_id`)
  const list = (table: string, more: ReturnType<typeof sql>) =>
    rows<{ id: string; label: string }>(
      tx,
      sql`select r.record_id as id, r.title as label from ${sql.raw(table)} r where r.until_at = 'infinity' and ${named} and ${more} order by r.fold, r.record_id limit 500`,
    )
  const ids = (await listEntityIds(tx)).filter((id) => scope.entities === null || scope.entities.includes(id))
  const refs: EditPage["refs"] = {
    entity: [...(await loadEntities(tx, ids, null))].map(([id, entity]) => ({ id, label: entity.legalName })),
    party: await list("party_rows", sql`true`),
    sharing: await list("sharing_rows", within),
    agreement: await list("agreement_rows", inCompanies(scope, "r", null)),
  }
  for (const kind of ["assessment", "consent", "notice", "demand"])
    refs[kind] = await list("other_rows", sql`r.record_kind = ${kind} and (r.entity_id is null or ${within})`)
  for (const draft of drafts) {
    const known = (refs[draft.kind] ??= [])
    if (!known.some((item) => item.id === draft.recordId))
      known.push({ id: draft.recordId, label: titleOf(draft.kind, draft.body as BodyOf[RecordKind]) })
  }
  const files = await rows<{ id: string; label: string; held: boolean }>(
    tx,
    sql`select f.id, f.name as label, f.scan = 'waiting' as held from files f where f.by_person = ${scope.personId} and f.scan <> 'infected' order by f.at desc limit 100`,
  )
  const file = files.map(({ id, label }) => ({ id, label }))
  return { ...refs, file, held: files.filter((one) => one.held).map(({ id, label }) => ({ id, label })) }
}
