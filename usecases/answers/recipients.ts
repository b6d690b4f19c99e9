import { sql } from "drizzle-orm"
import { z } from "zod"
import {
  countFlowsOnDay,
  flowFilters,
  flowsOnDay,
  papersNaming,
  type FlowRow,
  type FlowsAsked,
} from "@/db/statements/answers"
import type { Tx } from "@/db/connect"
import { kindsAsked } from "@/domain/answers/data-families"
import { flowOnDay, type FlowOnDay } from "@/domain/answers/flow-on-day"
import { recipientsShape } from "@/domain/answers/recipients"
import { papersOf } from "@/domain/checks/papers"
import type { SharingFacts } from "@/domain/checks/types"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { covers, type Stretch } from "@/domain/core/stretch"
import { stateOn, type Cause, type Coverage, type CoverState } from "@/domain/coverage/coverage"
import type { RecordOf } from "@/domain/records/kinds"
import { titleOf } from "@/domain/records/project"
import { mayLeave } from "@/usecases/exports/mainland"
import { look } from "@/usecases/look"
import { countList } from "@/usecases/register/count-list"
import { inScope } from "@/usecases/register/list-records"
import { readable } from "@/usecases/register/read-record"
import { loadRecords, type StoredRecord } from "@/usecases/register/records"
import { unseenIn } from "@/usecases/register/unseen"
import type { Scene } from "@/usecases/scene"
import type { Scope } from "@/usecases/scope"
import { withWords } from "@/usecases/signatures/paper-words"
import { clocksInput, companiesRead, readPlace, whenAsked, writePlace } from "./clocks"

const input = z.strictObject({
  query: recipientsShape,
  after: z.string().max(1600).default(""),
  size: z.int().min(1).max(200).default(50),
  ...clocksInput,
})
type Input = z.output<typeof input>

/** A paper that covered a flow on the day, with the stretch of days in which that day lies. */
export type PaperOnDay = { id: string; title: string; kind: string; days: Stretch }

/** One flow of the answer: who receives, what of it was asked, and why it was covered on the day or not. */
export type RecipientLine = {
  id: string
  title: string
  standing: FlowRow["standing"]
  mode: string
  role: string | null
  entityId: string
  partyId: string | null
  partyName: string | null
  partyCountry: string | null
  flow: FlowOnDay
  /** How it stood on the day; null: nothing had been judged. */
  state: CoverState | null
  causes: Cause[]
  papers: PaperOnDay[]
  /** What grounds and mechanisms rest on, by id, as far as the reader may know it. */
  names: Record<string, string>
}

export type RecipientsPage = {
  lines: RecipientLine[]
  next: string | null
  /** How many flows and recipients; `more`: the count stopped there. */
  flows: number
  recipients: number
  more: boolean
  day: Day
  asOf: Instant | null
  said: Instant
  entities: Record<string, string>
}

const MOST_COUNTED = 1_000

/** Who receives data of these kinds of these people, in which countries, under what: as of an instant, about a day. */
export const readRecipients = look<Input, RecipientsPage>({
  name: "answers.read",
  input: input as unknown as z.ZodType<Input>,
  about: () => [{ type: "answer", id: "recipients" }],
  run: async (tx, { input: asked, scope, scene }) => good(await recipientsPageOf(tx, asked, scope, scene)),
})

/** A page of the answer inside a transaction that is open already. */
export async function recipientsPageOf(
  tx: Tx,
  asked: Input,
  scope: Scope,
  scene: Pick<Scene, "db" | "now">,
): Promise<RecipientsPage> {
  const when = await whenAsked(tx, asked, scene.now)
  const flows = await narrowed(tx, asked, { scope, scene, at: when.at, day: when.day })
  const within = inScope("sharings", scope, when.at)
  const counted = await countFlowsOnDay(tx, flows, within, MOST_COUNTED)
  const page = await pageOf(tx, { ...asked, flows, at: when.at, day: when.day }, scope)
  return {
    ...page,
    ...{ flows: Math.min(counted.flows, MOST_COUNTED), recipients: counted.recipients },
    more: counted.flows > MOST_COUNTED,
    ...{ day: when.day, asOf: asked.asOf, said: when.said, entities: await companiesRead(tx, scope) },
  }
}

/** An answer larger than this is what the export is for. */
const MOST_LINES = 5_000

export type RecipientsFile = Pick<RecipientsPage, "lines" | "day" | "asOf" | "said" | "entities"> & { cut: boolean }

/** The same answer whole, up to 5,000 flows, for a file. */
export const allRecipients = look<Input, RecipientsFile>({
  name: "answers.read",
  input: input as unknown as z.ZodType<Input>,
  about: () => [{ type: "answer", id: "recipients" }],
  run: async (tx, { input: asked, scope, actor, scene }) => {
    await tx.execute(sql`set local statement_timeout = '30s'`)
    const stays = await mayLeave(tx, { actor, scope, scene }, asked.query.entities.length ? asked.query.entities : null)
    if (stays) return stays
    const when = await whenAsked(tx, asked, scene.now)
    const flows = await narrowed(tx, asked, { scope, scene, at: when.at, day: when.day })
    const lines: RecipientLine[] = []
    let after: string | null = ""
    do {
      const page: { lines: RecipientLine[]; next: string | null } = await pageOf(
        tx,
        { after, size: 200, flows, at: when.at, day: when.day },
        scope,
      )
      lines.push(...page.lines)
      after = page.next
    } while (after !== null && lines.length < MOST_LINES)
    const { day, said } = when
    return good({ lines, day, said, asOf: asked.asOf, entities: await companiesRead(tx, scope), cut: after !== null })
  },
})

/** The question as the database is asked it; where the list's own index knows the few flows that can match, those alone. */
async function narrowed(
  tx: Tx,
  { query }: Input,
  on: { scope: Scope; scene: Pick<Scene, "db" | "now">; at: Instant | null; day: Day },
): Promise<FlowsAsked> {
  const flows: FlowsAsked = {
    ...{ data: kindsAsked(query.data), people: query.people, countries: query.countries, entities: query.entities },
    ...{ on: on.day, asOf: on.at, reader: on.scope.personId },
  }
  if (on.at !== null || [flows.data, flows.people, flows.countries, flows.entities].every((list) => list.length === 0))
    return flows
  const list = {
    ...{ q: "", filters: flowFilters(flows), excluded: {}, sort: "name", descending: false, after: null, size: 1 },
    ...{ asOf: null, today: on.day, reader: flows.reader },
  }
  const asked = {
    list: "sharings",
    query: list,
    scope: on.scope,
    condition: inScope("sharings", on.scope, null),
  } as const
  const { among } = await countList(tx, on.scene.db, { ...asked, present: true }, { facets: [], count: false })
  return among ? { ...flows, among } : flows
}

type PageAsked = { after: string; size: number; flows: FlowsAsked; at: Instant | null; day: Day }

async function pageOf(
  tx: Tx,
  asked: PageAsked,
  scope: Scope,
): Promise<{ lines: RecipientLine[]; next: string | null }> {
  const place = readPlace(asked.after)
  const found = await flowsOnDay(tx, asked.flows, inScope("sharings", scope, asked.at), {
    after: place && { fold: place.key, id: place.id },
    limit: asked.size + 1,
  })
  const shown = found.slice(0, asked.size)
  const last = shown[shown.length - 1]
  return {
    lines: await linesOf(tx, shown, { scope, at: asked.at, day: asked.day }),
    next: found.length > asked.size && last ? writePlace(last.fold, last.id) : null,
  }
}

/** Flows with what each was on the day and what it rested on: some questions for all of them, none for each. */
export async function linesOf(
  tx: Tx,
  found: readonly FlowRow[],
  on: { scope: Scope; at: Instant | null; day: Day },
): Promise<RecipientLine[]> {
  const ids = found.map((row) => row.id)
  const flows = new Map((await loadRecords(tx, ids, on.at)).map((one) => [one.id as string, one]))
  const loaded = await withWords(tx, await loadRecords(tx, await papersNaming(tx, ids, on.at), on.at), on.at)
  const papers = loaded.filter((one): one is Paper => one.kind === "agreement")
  const days = new Map([...flows].map(([id, flow]) => [id, flowOnDay(flow.body as never, on.day)]))
  const evidence = await loadRecords(tx, [...days.values()].flatMap(restsOn), on.at)
  const held: StoredRecord[] = [...papers, ...evidence]
  const hidden = await unseenIn(tx, [...flows.values()], on.scope, on.at)
  const known = new Map(
    held
      .filter((one) => readable(one, on.scope) && !hidden.has(one.id))
      .map((one) => [one.id as string, titleOf(one.kind, one.body as never)]),
  )
  return found.flatMap((row): RecipientLine[] => {
    const flow = flows.get(row.id)
    const was = days.get(row.id)
    if (flow?.kind !== "sharing" || !was) return []
    const coverage = row.coverage === null ? null : (JSON.parse(row.coverage) as Coverage)
    const gap = coverage?.gaps.find((one) => covers([one], on.day))
    const names = restsOn(was).flatMap((id): [string, string][] => {
      const name = known.get(id)
      return name === undefined ? [] : [[id, name]]
    })
    return [
      {
        ...{ id: row.id, title: row.title, standing: row.standing, mode: flow.body.mode, entityId: row.entityId },
        role: flow.body.role.state === "known" ? flow.body.role.value : null,
        ...{ partyId: row.partyId, partyName: row.partyName, partyCountry: row.partyId ? row.partyCountry : null },
        flow: was,
        state: coverage && stateOn(coverage, on.day),
        causes: gap?.causes ?? [],
        papers: papersOn(flow, papers, on.day, known),
        names: Object.fromEntries(names),
      },
    ]
  })
}

type Paper = RecordOf<"agreement"> & StoredRecord

/** What the grounds and mechanisms of the day refer to. */
function restsOn({ grounds, places }: FlowOnDay): string[] {
  return [
    ...grounds.flatMap(({ consentId, demandId }) => [consentId, demandId]),
    ...places.flatMap((place) => place.mechanisms.flatMap((one) => [one.agreementId, one.assessmentId])),
  ].flatMap((id) => id ?? [])
}

function papersOn(
  flow: StoredRecord,
  papers: readonly Paper[],
  day: Day,
  known: ReadonlyMap<string, string>,
): PaperOnDay[] {
  // Which days a paper covers follows from the flow and the papers alone: the same rule as coverage asks.
  const facts = { sharing: flow, agreements: papers } as unknown as SharingFacts
  return papersOf(facts).flatMap(({ paper, days }) => {
    const stretch = days.find((one) => covers([one], day))
    const title = known.get(paper.id)
    return stretch && title !== undefined ? [{ id: paper.id, title, kind: paper.body.kind, days: stretch }] : []
  })
}
