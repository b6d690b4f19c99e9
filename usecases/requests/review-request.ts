import { z } from "zod"
import { sql } from "drizzle-orm"
import { rows, type Tx } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import {
  REVIEW_FACETS,
  reviewCount,
  reviewFacet,
  reviewPage,
  type ReviewCount,
  type ReviewLine,
} from "@/db/statements/review"
import { fold } from "@/domain/core/fold"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { titleOf } from "@/domain/records/project"
import type { BodyOf } from "@/domain/records/kinds"
import { ownTitles } from "@/usecases/packs/known"
import { look } from "@/usecases/look"
import { unrestricted, type Scope } from "@/usecases/scope"
import { readKnown } from "./known-request"
import { openRevision } from "./revision"
import { scopeWithin, seenOf, seenRows } from "./seen"
import { chosenIds, selection, type Selection } from "./selection"
import { partOf } from "./send-back"

export { REVIEW_FACETS }

const input = z.strictObject({
  id: idOf("request"),
  q: selection.q,
  filters: selection.filters,
  excluded: selection.excluded,
  after: z.string().max(80).default(""),
  size: z.union([z.literal(25), z.literal(50), z.literal(100), z.literal(200)]).default(50),
})
type Input = z.output<typeof input>

export type ReviewOfRequest = {
  rows: ReviewLine[]
  next: string | null
  /** How many match, and how many there are. */
  total: number
  whole: number
  facets: Record<string, ReviewCount[]>
  /** Names of the parties of the register that are near, as far as the reader may know them. */
  near: Record<string, string>
  /** How clauses of our own texts are called, by id. */
  clauses: Record<string, string>
}

/** A page of what a request of many records proposes, with counts over the whole of it. */
export const reviewOfRequest = look<Input, ReviewOfRequest>({
  name: "request.read",
  input: input as unknown as z.ZodType<Input>,
  about: (asked) => [{ type: "request", id: asked.id }],
  run: async (tx, { input: asked, scope, actor }) => {
    const request = await readKnown(tx, asked.id, actor)
    if (!request) return refuse("not-found", "not-found")
    const seen = seenRows(scopeWithin(scope, request))
    const query = { q: fold(asked.q), filters: asked.filters, excluded: asked.excluded }
    const [position, recordId] = asked.after.split("~")
    const after = position && recordId ? { position: Number(position) || 0, recordId } : null
    const found = await reviewPage(tx, request.id, query, seen, after, asked.size + 1)
    const shown = found.slice(0, asked.size)
    const last = shown[shown.length - 1]
    const facets: Record<string, ReviewCount[]> = {}
    for (const facet of REVIEW_FACETS) facets[facet] = await reviewFacet(tx, request.id, query, seen, facet)
    return good<ReviewOfRequest>({
      rows: shown,
      next: found.length > asked.size && last ? `${last.position}~${last.recordId}` : null,
      total: await reviewCount(tx, request.id, query, seen),
      whole: await reviewCount(tx, request.id, { q: "", filters: {}, excluded: {} }, seen),
      facets,
      clauses: await ownTitles(tx, null),
      near: await titlesOf(
        tx,
        scope,
        shown.flatMap((item) => item.nearId ?? []),
      ),
    })
  },
})

async function titlesOf(tx: Tx, scope: Scope, ids: readonly string[]): Promise<Record<string, string>> {
  if (ids.length === 0) return {}
  const found = await rows<{ id: string; title: string }>(
    tx,
    sql`select r.record_id as id, r.title from party_rows r where r.until_at = 'infinity'
      and r.record_id = any(${textArray(ids)}::text[]) and ${unrestricted(scope, sql`r.restricted_to`)}`,
  )
  return Object.fromEntries(found.map((item) => [item.id, item.title]))
}

const partInput = z.strictObject({ id: idOf("request"), ...selection })

export type PartOfRequest = {
  title: string
  hash: string
  /** How many were chosen, how many leave with them, how many stay: of what the reader may know of. */
  chosen: number
  leaving: number
  staying: number
  /** Whether anything stays at all, also of companies that the reader does not read. */
  stays: boolean
  /** The first of those that leave: chosen, or because they would stand on nothing. */
  first: { recordId: string; kind: string; title: string; chosen: boolean }[]
}

/** What would leave a request under review if a selection of it were sent back, before anybody does so. */
export const partOfRequest = look<{ id: string } & Selection, PartOfRequest>({
  name: "request.read",
  input: partInput as unknown as z.ZodType<{ id: string } & Selection>,
  run: async (tx, { input: asked, scope, actor }) => {
    const request = await readKnown(tx, asked.id, actor)
    if (!request || request.revision === 0) return refuse("not-found", "not-found")
    const within = scopeWithin(scope, request)
    const { open } = await openRevision(tx, request.id, request.revision)
    const held = new Set(open.map((item) => item.recordId as string))
    const chosen = new Set((await chosenIds(tx, request.id, asked, seenRows(within))).filter((id) => held.has(id)))
    const { leaving, staying } = partOf(open, chosen)
    const [seenLeaving, seenStaying] = [await seenOf(tx, leaving, within), await seenOf(tx, staying, within)]
    const [revision] = await rows<{ hash: string }>(
      tx,
      sql`select hash from revisions where request_id = ${request.id} and n = ${request.revision}`,
    )
    return good<PartOfRequest>({
      title: request.title,
      hash: revision?.hash ?? "",
      chosen: chosen.size,
      leaving: seenLeaving.length,
      staying: seenStaying.length,
      stays: staying.length > 0,
      first: seenLeaving.slice(0, 50).map((item) => ({
        recordId: item.recordId,
        kind: item.kind,
        title: titleOf(item.kind, item.body as BodyOf[typeof item.kind]),
        chosen: chosen.has(item.recordId),
      })),
    })
  },
})
