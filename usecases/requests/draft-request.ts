import { z } from "zod"
import {
  addAuthor,
  deleteProposal,
  insertRequest,
  saveProposals,
  type ProposalRow,
  type RequestRow,
} from "@/db/statements/requests"
import { dropReview, hasReview } from "@/db/statements/review"
import { filesById } from "@/db/statements/files"
import { lastPosition, proposalsById } from "@/db/statements/parts"
import type { Tx } from "@/db/connect"
import { canonical, type Json } from "@/domain/core/canonical"
import { dayIn } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import type { Party } from "@/domain/records/party"
import { withChangesNoted } from "@/domain/records/party-changes"
import type { Sharing } from "@/domain/records/sharing"
import { fileIdsOf, withFilesKept } from "@/domain/records/advice"
import { withUnaskedKept } from "@/domain/records/unasked"
import { withIdsKept } from "@/domain/records/withheld"
import { fold } from "@/domain/core/fold"
import { ID_PREFIX, isId } from "@/domain/core/id"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { RECORD_KINDS, SHAPES, type RecordKind } from "@/domain/records/kinds"
import { idOf, text } from "@/domain/records/parts"
import { withEndingSet } from "@/usecases/endings/ending-set"
import { adviceIn } from "@/usecases/files/advice"
import { unreadAmong } from "@/usecases/files/read-file"
import { refusedByMerge } from "@/usecases/merges/merged-away"
import { jot } from "@/usecases/jot"
import { invalid } from "@/usecases/act"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { unseenIn } from "@/usecases/register/unseen"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf, type Scope } from "@/usecases/scope"
import { lockKnown } from "./known-request"
import { putDraftReview } from "./review"
import { openDrafts } from "./revision"

const title = text(300).refine((value) => value.trim().length > 0, "invalid.required")

/** Begins a draft. It is private to the request until submitted, and makes neither revision nor event. */
export const draftRequest = jot({
  name: "request.draft",
  input: z.strictObject({
    title,
    // An import's request is made from its file alone: it may hold flows that a clause blocks (foundation 12).
    kind: z.enum(["change", "discovered"]).default("change"),
    restrictedTo: z.array(idOf("person")).max(200).nullable().default(null),
  }),
  run: async (tx, { input, actor, scene }) => {
    const id = newId(scene, "request")
    const restrictedTo = input.restrictedTo === null ? null : [...new Set([...input.restrictedTo, actor.id])]
    await insertRequest(tx, {
      id,
      title: input.title,
      fold: fold(input.title),
      kind: input.kind,
      by: actor.id,
      at: scene.now,
      restrictedTo,
    })
    return good({ id })
  },
})

/** Whether the draft may be edited by this person: their own, while nobody is looking at it. */
export async function editable(tx: Tx, requestId: string, actor: Actor): Promise<Outcome<RequestRow>> {
  const request = await lockKnown(tx, requestId, actor)
  if (!request) return refuse("not-found", "not-found")
  if (request.createdBy !== actor.id) return refuse("not-allowed", "not-allowed.not-own")
  if (request.state !== "draft" && request.state !== "changes-requested")
    return refuse("conflict", "conflict.not-a-draft")
  return good(request)
}

/**
 * What a draft notes by itself: a change of a party says since when its name, owner or business is new (handbook 7.12); the
 * end of a sharing its last day, and by when the party deletes or returns the data.
 */
export async function noted(
  tx: Tx,
  { kind, op }: { kind: string; op: string },
  recordId: string,
  body: unknown,
  on: { scope: Scope; now: Instant },
): Promise<Json> {
  if (!(kind === "party" && op === "change") && !(kind === "sharing" && op === "end")) return body as Json
  const [before] = await loadRecords(tx, [recordId], null)
  if (before?.kind === "party")
    return withChangesNoted(before.body, body as Party, dayIn("UTC", on.now)) as unknown as Json
  // What has ended already set its day then: this is its evidence.
  if (before?.kind !== "sharing" || before.standing === "ended") return body as Json
  return (await withEndingSet(tx, recordId, body as Sharing, on)) as unknown as Json
}

export const proposalInput = z.strictObject({
  requestId: idOf("request"),
  /** Absent: a new record, whose id is made here. */
  recordId: z.string().max(40).optional(),
  kind: z.enum(RECORD_KINDS),
  op: z.enum(["create", "change", "end"]),
  /** The body as typed; held against the shape of its kind. */
  body: z.unknown(),
  discovered: z.boolean().default(false),
})

/**
 * Saves one proposal of a draft as typed. The body must have the form of its kind, but may be as incomplete as it
 * likes: what is missing is said by the checks. Whoever saves becomes an author (invariant 2).
 */
export const saveProposal = jot({
  name: "request.draft",
  input: proposalInput,
  run: (tx, on) => putProposal(tx, on),
})

export type ProposalInput = z.output<typeof proposalInput>

/** Saves a proposal inside a transaction that is open already: by its form, or by whatever fills it. */
export async function putProposal(
  tx: Tx,
  { input, actor, scene }: { input: ProposalInput; actor: Actor; scene: Scene },
): Promise<Outcome<{ recordId: string; savedAt: Instant }>> {
  // A pack is written clause by clause, by whom its own act allows to.
  if (input.kind === "pack") return refuse("not-allowed", "not-allowed.pack-form")
  const request = await editable(tx, input.requestId, actor)
  if (!request.ok) return request
  const recordId = input.recordId ?? newId(scene, input.kind)
  if (!isId(input.kind, recordId))
    return refuse("invalid", "invalid.id", { fields: [{ path: "recordId", says: "invalid.id" }] })
  const standing = await baseOf(tx, recordId, input.op, scopeOf(actor))
  if (!standing.ok) return standing
  const [mine] = await proposalsById(tx, input.requestId, 0, [recordId])
  const held = await heldBefore(tx, mine, recordId)
  const said = { kind: input.kind, body: withUnaskedKept(input.kind, input.body, held) }
  const typed = await withUnseenKept(tx, said, held, scopeOf(actor))
  if (!typed.ok) return typed
  const before = new Set(fileIdsOf(held))
  const laid = fileIdsOf(typed.value).filter((id) => isId("file", id) && !before.has(id))
  if ((await unreadAmong(tx, laid, actor)).length > 0)
    return refuse("invalid", "invalid.form", { fields: [{ path: "files", says: "invalid.no-such-file" }] })
  const body = SHAPES[input.kind].safeParse(await withFileNames(tx, typed.value, scopeOf(actor)))
  if (!body.success) return invalid(body.error)
  const merged = await refusedByMerge(
    tx,
    [{ recordId, kind: input.kind, op: input.op, body: body.data }],
    scopeOf(actor),
  )
  if (merged) return merged
  const kept = withFilesKept(body.data, held, await adviceIn(tx, [{ body: held }], scopeOf(actor)))
  const last = await lastPosition(tx, input.requestId)
  await addAuthor(tx, input.requestId, actor.id)
  await saveProposals(tx, input.requestId, scene.now, [
    {
      recordId,
      kind: input.kind,
      op: input.op,
      baseVersion: mine ? mine.baseVersion : standing.value,
      position: mine?.position ?? last + 1,
      body: canonical(await noted(tx, input, recordId, kept, { scope: scopeOf(actor), now: scene.now })),
      discovered: input.discovered && input.kind === "sharing",
      importId: mine?.importId ?? null,
      sheet: mine?.sheet ?? null,
      row: mine?.row ?? null,
    },
  ])
  if (await hasReview(tx, input.requestId)) {
    const [row] = await proposalsById(tx, input.requestId, 0, [recordId])
    if (row) await putDraftReview(tx, request.value, openDrafts([row]), null)
  }
  return good({ recordId, savedAt: scene.now })
}

/** What stood there before this was typed: in the draft, else in force. */
async function heldBefore(tx: Tx, mine: ProposalRow | undefined, recordId: string): Promise<unknown> {
  if (mine) return openDrafts([mine])[0]?.body ?? null
  return (await loadRecords(tx, [recordId], null))[0]?.body ?? null
}

/** What was typed, with the ids back that a word stood for: whom this person may not know of, they leave as it is. */
async function withUnseenKept(
  tx: Tx,
  typed: { kind: RecordKind; body?: unknown },
  held: unknown,
  scope: Scope,
): Promise<Outcome<unknown>> {
  if (held === null) return good(typed.body)
  const kept = withIdsKept(typed.body, held, await unseenIn(tx, [{ kind: typed.kind, body: held }], scope, null))
  return kept === null ? refuse("invalid", "invalid.withheld") : good(kept)
}

/** The body with the hash and the name of each file that it names: both are the file's own, whatever was sent. */
async function withFileNames(tx: Tx, body: unknown, scope: Scope): Promise<unknown> {
  const named = (body as { files?: unknown } | null)?.files
  if (!Array.isArray(named) || named.length === 0) return body
  const files = named as { fileId?: unknown; sha256?: unknown; name?: unknown }[]
  const found = await filesById(
    tx,
    files.flatMap((file) => (typeof file?.fileId === "string" ? [file.fileId] : [])),
  )
  const withheld = await adviceIn(tx, [{ body: files }], scope)
  return {
    ...(body as object),
    files: files.map((file) => {
      const kept = withheld.has(String(file?.fileId)) ? undefined : found.get(String(file?.fileId))
      return kept ? { ...file, sha256: kept.sha256, name: file.name || kept.name } : file
    }),
  }
}

/** The version that a change stands on; null for a new record. */
async function baseOf(
  tx: Tx,
  recordId: string,
  op: "create" | "change" | "end",
  scope: Scope,
): Promise<Outcome<number | null>> {
  const [head] = await loadRecords(tx, [recordId], null)
  if (op === "create") return head ? refuse("conflict", "conflict.exists") : good(null)
  return head && readable(head, scope) ? good(head.version) : refuse("not-found", "not-found")
}

/** Begins a request that changes a record in force: its body as it stands is the first proposal. */
export const draftOfRecord = jot({
  name: "request.draft",
  input: z.strictObject({ recordId: z.string().max(40), title }),
  run: async (tx, { input, actor, scene }) => {
    const [record] = await loadRecords(tx, [input.recordId], null)
    if (record?.kind === "pack") return refuse("not-allowed", "not-allowed.pack-form")
    if (!record || !readable(record, scopeOf(actor))) return refuse("not-found", "not-found")
    if (record.kind === "party" && record.standing === "ended" && record.body.mergedInto !== null)
      return (await refusedByMerge(tx, [{ ...record, recordId: record.id, op: "change" }], scopeOf(actor))) as Refusal
    if (record.standing === "ended") return refuse("not-found", "not-found")
    const id = newId(scene, "request")
    await insertRequest(tx, {
      id,
      title: input.title,
      fold: fold(input.title),
      kind: "change",
      by: actor.id,
      at: scene.now,
      restrictedTo: record.body.restrictedTo,
    })
    await saveProposals(tx, id, scene.now, [
      {
        recordId: record.id,
        kind: record.kind,
        op: "change",
        baseVersion: record.version,
        position: 1,
        body: canonical(record.body),
        discovered: false,
        importId: null,
        sheet: null,
        row: null,
      },
    ])
    return good({ id, recordId: record.id as string })
  },
})

/** Takes a proposal out of the draft. */
export const dropProposal = jot({
  name: "request.draft",
  input: z.strictObject({ requestId: idOf("request"), recordId: z.string().max(40) }),
  run: async (tx, { input, actor }) => {
    const request = await editable(tx, input.requestId, actor)
    if (!request.ok) return request
    await addAuthor(tx, input.requestId, actor.id)
    await dropReview(tx, input.requestId, input.recordId)
    return (await deleteProposal(tx, input.requestId, input.recordId)) ? good({}) : refuse("not-found", "not-found")
  },
})

/** The kinds whose ids a draft may make, by prefix. */
export function kindOfId(id: string): string | null {
  const prefix = id.slice(0, 3)
  return RECORD_KINDS.find((kind) => ID_PREFIX[kind] === prefix) ?? null
}
