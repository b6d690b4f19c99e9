import { z } from "zod"
import {
  answersOfAll,
  filesOfLink,
  linkById,
  linksBy,
  linksOf,
  takingsOf,
  type LinkFile,
  type LinkRow,
  type TakingRow,
} from "@/db/statements/asked"
import { holdsAnswers } from "@/db/statements/answer-keeping"
import { proposalsById } from "@/db/statements/parts"
import type { Tx } from "@/db/connect"
import { linkState, type LinkState } from "@/domain/asked/links"
import { readAnswers, type Answers, type Typed } from "@/domain/asked/questions"
import { canonical, type Json } from "@/domain/core/canonical"
import { isId } from "@/domain/core/id"
import { good, refuse } from "@/domain/core/outcome"
import type { RecordKind } from "@/domain/records/kinds"
import { idOf } from "@/domain/records/parts"
import { holdsRole } from "@/domain/people/permissions"
import { titleOf } from "@/domain/records/project"
import { hiddenIds } from "@/usecases/audit/readable"
import { look } from "@/usecases/look"
import { loadRecords } from "@/usecases/register/records"
import { readable } from "@/usecases/register/read-record"
import { namesOf } from "@/usecases/requests/named-by"
import { readKnown } from "@/usecases/requests/known-request"
import { requestScope } from "@/usecases/requests/list-requests"
import { openDrafts, sha256 } from "@/usecases/requests/revision"
import type { Actor, Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { knownLinks, mayRevoke } from "./known-link"

/** A link as whoever may know of it sees it. Before the answers are sent nothing of them is shown. */
export type LinkView = LinkRow & {
  state: LinkState
  byName: string
  mayRevoke: boolean
  said: { answers: Answers; files: LinkFile[] } | null
  /** Who cleared what was answered; empty where it was its day. */
  clearedName: string
  /** Whether this reader may clear what is kept of it. */
  mayErase: boolean
  mayRenew: boolean
}

const MOST = 50

async function views(tx: Tx, links: readonly LinkRow[], actor: Actor, scene: Scene): Promise<LinkView[]> {
  const known = await knownLinks(tx, links, actor)
  const names = await namesOf(
    tx,
    known.flatMap((link) => [link.byPerson, ...(link.clearedBy ? [link.clearedBy] : [])]),
  )
  const sent = await answersOfAll(
    tx,
    known.flatMap((link) => (link.sentAt ? [link.id] : [])),
  )
  const found: LinkView[] = []
  for (const link of known) {
    const state = linkState(link, scene.now)
    const answers = sent.get(link.id)
    const said = answers
      ? { answers: readAnswers(JSON.parse(answers.body) as Typed).answers, files: await filesOfLink(tx, link.id) }
      : null
    const shut = state === "answered" || state === "revoked"
    const byName = names[link.byPerson] ?? ""
    const officer = link.clearedAt === null && holdsRole(actor, "dpo", link.entityId)
    const own = mayRevoke(link, actor)
    found.push({
      ...{ ...link, state, byName, said, mayRevoke: !shut && own },
      clearedName: link.clearedBy ? (names[link.clearedBy] ?? "") : "",
      // What was typed and never sent is shown to nobody, and can be cleared all the same.
      mayErase: officer && (said !== null || (await holdsAnswers(tx, link.id))),
      mayRenew: own && state !== "answered" && !(link.campaignId !== null && state === "revoked"),
    })
  }
  return found
}

/** One link, with what the party sent by it. */
export const readLink = look<{ id: string }, LinkView>({
  name: "supplier.read",
  input: z.strictObject({ id: idOf("supplierLink") }) as unknown as z.ZodType<{ id: string }>,
  run: async (tx, { input, actor, scene }) => {
    const link = await linkById(tx, input.id)
    const [view] = link ? await views(tx, [link], actor, scene) : []
    return view ? good(view) : refuse("not-found", "not-found")
  },
})

/** The links that one asked by oneself, newest first: at most fifty. */
export const listOwnLinks = look<Record<string, never>, LinkView[]>({
  name: "supplier.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { actor, scene }) => good(await views(tx, await linksBy(tx, actor.id, MOST), actor, scene)),
})

export type AskedOfRecord = {
  links: LinkView[]
  /** What was taken over and still stands as it was said. */
  takings: Omit<TakingRow, "hash">[]
}

type Asked = { recordId: string; requestId: string | null }

/**
 * What was asked and answered about a record, in a draft or in force: the links of its party, and which of its fields still hold
 * what was taken over. A field that somebody changed since is theirs and no longer the party's word.
 */
export const readAskedOf = look<Asked, AskedOfRecord>({
  name: "supplier.read",
  input: z.strictObject({
    recordId: z.string().max(40),
    requestId: idOf("request").nullable().default(null),
  }) as unknown as z.ZodType<Asked>,
  run: async (tx, { input, actor, scope, scene }) => {
    const body = await bodyOf(tx, input, actor)
    if (!body) return good({ links: [], takings: [] })
    const partyId = isId("party", input.recordId) ? input.recordId : String(body.partyId ?? "")
    const links = isId("party", partyId) ? await linksOf(tx, { partyId }, MOST) : []
    const fitting = links.filter(
      (link) =>
        (link.requestId === null || link.requestId === input.requestId || input.requestId === null) &&
        (!("entityId" in body) || body.entityId === link.entityId),
    )
    const taken = await takingsOf(tx, {
      ...{ recordId: input.recordId, known: requestScope(scope) },
      ...(input.requestId ? { requestId: input.requestId } : {}),
    })
    const stands = taken.filter((one) => one.field === "" || hashOfField(body[one.field]) === one.hash)
    return good({
      links: await views(tx, fitting, actor, scene),
      takings: stands.map(({ hash: _hash, ...rest }) => rest),
    })
  },
})

export type TakenInRequest = Omit<TakingRow, "hash"> & { title: string; kind: RecordKind }

/** What of a request was taken over from suppliers and still stands as they said it: for whoever may know the request. */
export const readTakings = look<{ requestId: string }, TakenInRequest[]>({
  name: "supplier.read",
  input: z.strictObject({ requestId: idOf("request") }) as unknown as z.ZodType<{ requestId: string }>,
  run: async (tx, { input, actor }) => {
    const request = await readKnown(tx, input.requestId, actor)
    if (!request) return refuse("not-found", "not-found")
    const taken = await takingsOf(tx, { requestId: request.id })
    const ids = [...new Set(taken.map((one) => one.recordId))]
    const hidden = await hiddenIds(tx, ids, scopeOf(actor))
    const drafts = new Map(
      openDrafts(await proposalsById(tx, request.id, 0, ids)).map((one) => [one.recordId as string, one] as const),
    )
    return good(
      taken.flatMap(({ hash, ...rest }) => {
        const draft = drafts.get(rest.recordId)
        if (!draft || hidden.has(rest.recordId) || !readable(draft as never, scopeOf(actor))) return []
        const body = draft.body as unknown as Record<string, unknown>
        if (rest.field !== "" && hashOfField(body[rest.field]) !== hash) return []
        return [{ ...rest, kind: draft.kind, title: titleOf(draft.kind, draft.body as never) }]
      }),
    )
  },
})

/** The hash by which a field is known to hold still what was taken over. */
export function hashOfField(value: unknown): string {
  return sha256(canonical((value ?? null) as Json))
}

/** The body as the draft has it, if this person may know the draft; else as it is in force, if they may read it. */
async function bodyOf(tx: Tx, input: Asked, actor: Actor): Promise<Record<string, unknown> | null> {
  const request = input.requestId ? await readKnown(tx, input.requestId, actor) : null
  if (request) {
    const [draft] = openDrafts(await proposalsById(tx, request.id, 0, [input.recordId]))
    if (draft) return draft.body as unknown as Record<string, unknown>
  }
  const [record] = await loadRecords(tx, [input.recordId], null)
  return record && readable(record, scopeOf(actor)) ? (record.body as unknown as Record<string, unknown>) : null
}
