import { sql } from "drizzle-orm"
import { z } from "zod"
import type { Tx } from "@/db/connect"
import { within } from "@/db/within"
import { findingsPage, foundCells, type FoundQuery, type FoundRow } from "@/db/statements/findings"
import { FOUND_FACETS, foundCounts, type FoundCounts } from "@/domain/checks/found"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { daysOfClause } from "@/domain/packs/in-force"
import { dayShape } from "@/domain/records/parts"
import { asOfInput } from "@/usecases/register/as-of"
import { mayLeave } from "@/usecases/exports/mainland"
import { look, readingInstant } from "@/usecases/look"
import { ownTitles, packsNow } from "@/usecases/packs/known"
import { companiesOf, countable } from "@/usecases/promises/counts"
import { namesOf } from "@/usecases/requests/named-by"
import type { Scene } from "@/usecases/scene"
import type { Scope } from "@/usecases/scope"

const input = z.strictObject({
  severity: z.enum(["blocking", "warning", "advice"]).nullable().default("blocking"),
  filters: z.partialRecord(z.enum(FOUND_FACETS), z.array(z.string().max(100)).max(50)).default({}),
  excluded: z.partialRecord(z.enum(FOUND_FACETS), z.array(z.string().max(100)).max(50)).default({}),
  after: z.string().max(200).default(""),
  size: z.int().min(1).max(500).default(50),
  facets: z.boolean().default(true),
  asOf: asOfInput,
  on: dayShape.nullable().default(null),
})
type Input = z.output<typeof input>

export type FindingsPage = {
  findings: FoundRow[]
  next: string | null
  /** Null: nobody asked, or there are more than could be counted while the page was waited for. */
  counts: FoundCounts | null
  /** How clauses of our own texts are called, by id. */
  clauses: Record<string, string>
  /** Names of companies and of people who see to something. */
  names: Record<string, string>
  today: Day
  asOf: Instant | null
}

/** A page is shown without its counts rather than wait longer for them. */
const COUNTING_MS = 3000

export { FOUND_FACETS, type FoundFacet } from "@/domain/checks/found"

/**
 * What is missing in the register, through the reader's scope: on the day asked for, or today in each company's own zone;
 * as known now, or at an instant.
 */
export const listFindings = look<Input, FindingsPage>({
  name: "findings.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, scene }) => good(await findingsOf(tx, asked, scope, scene)),
})

/** The same inside a transaction that is open already. */
export async function findingsOf(tx: Tx, asked: Input, scope: Scope, scene: Pick<Scene, "now">): Promise<FindingsPage> {
  const { at, query, companies, today } = await asking(tx, asked, scope, scene)
  const mine = countable(scope)
  const found = await findingsPage(tx, query, mine)
  const findings = found.slice(0, asked.size)
  const last = findings[findings.length - 1]
  const cells = asked.facets ? await within(tx, COUNTING_MS, (point) => foundCells(point, query, mine)) : null
  const counts = cells === null ? null : foundCounts(cells, asked)
  const owners = [
    ...findings.flatMap((one) => one.ownerId ?? []),
    ...(counts?.facets.owner ?? []).map((one) => one.value),
  ]
  return {
    findings,
    next: found.length > asked.size && last ? `${last.clause}~${last.recordId}~${last.key}` : null,
    counts,
    clauses: await ownTitles(tx, at),
    names: {
      ...Object.fromEntries([...companies].map(([id, entity]) => [id, entity.legalName])),
      ...(await namesOf(tx, owners)),
    },
    today,
    asOf: asked.asOf,
  }
}

type Asking = { at: Instant | null; query: FoundQuery; companies: Awaited<ReturnType<typeof companiesOf>>; today: Day }

/** What is asked for as the database is asked: with the day on which each company's findings count. */
async function asking(tx: Tx, asked: Input, scope: Scope, scene: Pick<Scene, "now">): Promise<Asking> {
  const at = await readingInstant(tx, asked.asOf)
  const companies = await companiesOf(tx, scope)
  const today = asked.on ?? dayIn("UTC", at ?? scene.now)
  const [clause, recordId, key] = asked.after.split("~")
  const query: FoundQuery = {
    severity: asked.severity,
    filters: asked.filters,
    excluded: asked.excluded,
    days: [
      ...[...companies].map(([entityId, { zone }]) => ({
        entityId: entityId as string,
        on: asked.on ?? dayIn(zone, at ?? scene.now),
      })),
      { entityId: "", on: today },
    ],
    asOf: at,
    reader: scope.personId,
    after: clause && recordId ? { clause, recordId, key: key ?? "" } : null,
    limit: asked.size + 1,
  }
  return { at, query, companies, today }
}

/** A view larger than this is what the export is for. */
const MOST = 20_000

export type FindingsView = {
  findings: FoundRow[]
  names: Record<string, string>
  /** How clauses of our own texts are called, by id. */
  clauses: Record<string, string>
  today: Day
  cut: boolean
}

/** The findings of a view, all of them, at most 20,000: the same filters, clocks and scope as on screen. */
export const viewFindings = look<Input, FindingsView>({
  name: "view.export",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, actor, scene }) => {
    await tx.execute(sql`set local statement_timeout = '30s'`)
    const stays = await mayLeave(
      tx,
      { actor, scope, scene },
      asked.filters.entity?.length ? asked.filters.entity : null,
    )
    if (stays) return stays
    const asks = { ...asked, after: "", size: 1000 }
    const { at, query, companies, today } = await asking(tx, asks, scope, scene)
    const findings: FoundRow[] = []
    let page: FoundRow[]
    let { after } = query
    do {
      page = await findingsPage(tx, { ...query, after }, countable(scope))
      findings.push(...page)
      const last = page[page.length - 1]
      if (last) after = { clause: last.clause, recordId: last.recordId, key: last.key }
    } while (page.length === query.limit && findings.length <= MOST)
    const owners = [...new Set(findings.flatMap((one) => one.ownerId ?? []))]
    return good<FindingsView>({
      findings: findings.slice(0, MOST),
      names: {
        ...Object.fromEntries([...companies].map(([id, entity]) => [id, entity.legalName])),
        ...(await namesOf(tx, owners)),
      },
      clauses: await ownTitles(tx, at),
      today,
      cut: findings.length > MOST,
    })
  },
})

export type ClauseLine = {
  pack: string
  version: string
  id: string
  title: string
  duty: string
  remedy: string
  severity: string
  bitesOn: string
  check: string | null
  effectiveFrom: string | null
  effectiveTo: string | null
  /** The record of ours that it stands in; null: it is shipped. */
  own: string | null
}

/** Every clause of every pack that is out, shipped or our own, as data: with the days on which it counts. */
export const listClauses = look<object, ClauseLine[]>({
  name: "clauses.read",
  input: z.strictObject({}),
  run: async (tx, { scene }) =>
    good(
      (await packsNow(tx, scene.now)).flatMap((text) =>
        text.clauses.map((clause) => {
          const { id, title, duty, remedy, severity, bitesOn, check } = clause
          const { pack, version, own } = text
          const { from, to } = daysOfClause(text, clause)
          return {
            ...{ pack, version, id, title, duty, remedy, severity, bitesOn, check, own: own ?? null },
            ...{ effectiveFrom: from, effectiveTo: to },
          }
        }),
      ),
    ),
})
