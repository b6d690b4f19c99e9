import { sql } from "drizzle-orm"
import { z } from "zod"
import { announcementLines } from "@/db/statements/announcements"
import {
  coverageOfMany,
  decisionsAbout,
  evidenceOfParty,
  findingSpans,
  flowsUnder,
  lettersUnder,
  mergedIn,
  papersOfParty,
  requestsAbout,
  sharingsOfParty,
  type DecisionAbout,
  type FindingSpan,
  type LetterAbout,
  type RequestAbout,
} from "@/db/statements/party-story"
import { lastResults } from "@/db/statements/signatures"
import type { Tx } from "@/db/connect"
import { partiesThat } from "@/db/statements/suppliers-then"
import { versionsOf } from "@/db/statements/versions"
import type { AnnouncementRow } from "@/domain/announcements/line"
import type { Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Coverage } from "@/domain/coverage/coverage"
import type { RecordOf } from "@/domain/records/kinds"
import { idOf } from "@/domain/records/parts"
import { titleOf } from "@/domain/records/project"
import { announcementScope } from "@/usecases/announcements/known-announcement"
import { mayLeave } from "@/usecases/exports/mainland"
import { withoutAdvice } from "@/usecases/files/advice"
import { look } from "@/usecases/look"
import { ownTitles } from "@/usecases/packs/known"
import { inScope } from "@/usecases/register/list-records"
import { loadRecords, openVersions, type StoredRecord } from "@/usecases/register/records"
import { unseenIn, withoutHidden } from "@/usecases/register/unseen"
import type { Scene } from "@/usecases/scene"
import type { Scope } from "@/usecases/scope"
import { requestScope } from "@/usecases/requests/list-requests"
import { withWords } from "@/usecases/signatures/paper-words"
import { clocksInput, companiesRead, readPlace, whenAsked, writePlace } from "./clocks"

const input = z.strictObject({
  id: idOf("party"),
  after: z.string().max(1600).default(""),
  ...clocksInput,
})
type Input = z.output<typeof input>

export type FlowStory = { record: RecordOf<"sharing">; coverage: Coverage | null }
export type PaperStory = RecordOf<"agreement"> & Pick<StoredRecord, "at" | "logIndex">
/** The last look at the signatures in a file; `overall` null: it could not be looked at, and `says` is why. */
export type SignedStory = { overall: string | null; says: string | null; at: Instant; trust: string | null }
type Named = { id: string; title: string; kind: string }

/** Everything on record of one party, of all times, as far as the reader may know it. */
export type PartyStory = {
  party: RecordOf<"party"> & Pick<StoredRecord, "at" | "logIndex">
  /** What it was called and decided before, oldest first. */
  versions: { n: number; at: Instant; title: string; standing: string; decision: string; requestId: string | null }[]
  flows: FlowStory[]
  /** The word of the next page of flows; the other parts stand with the first page. */
  next: string | null
  papers: PaperStory[]
  /** What the signatures in the papers' files are, by the file's hash: as was known then. */
  signed: Record<string, SignedStory>
  assessments: RecordOf<"assessment">[]
  evidence: Named[]
  chains: RecordOf<"chain">[]
  under: Named[]
  announcements: AnnouncementRow[]
  findings: FindingSpan[]
  requests: RequestAbout[]
  decisions: DecisionAbout[]
  mergedInto: Named | null
  merged: Named[]
  letters: LetterAbout[]
  /** The parts of which there is more than is listed. */
  cut: string[]
  names: Record<string, string>
  entities: Record<string, string>
  /** What clauses of our own texts are called. */
  clauses: Record<string, string>
  day: Day
  asOf: Instant | null
  said: Instant
}

/** So many of each part stand on the page; the lists of the register hold all of them. */
const MOST = 100

/** The complete story of one party, for one page. */
export const readPartyStory = look<Input, PartyStory>({
  name: "answers.read",
  input: input as unknown as z.ZodType<Input>,
  about: ({ id }) => [{ type: "party", id }],
  run: (tx, { input: asked, scope, scene }) => storyOf(tx, asked, { scope, scene }),
})

/** A file of it holds so many pages of sharings at most. */
const MOST_PAGES = 50

/** The same whole, for a file: every page of its sharings, in one look. */
export const wholePartyStory = look<Input, PartyStory>({
  name: "answers.read",
  input: input as unknown as z.ZodType<Input>,
  about: ({ id }) => [{ type: "party", id }],
  run: async (tx, { input: asked, scope, actor, scene }) => {
    await tx.execute(sql`set local statement_timeout = '30s'`)
    const stays = await mayLeave(tx, { actor, scope, scene }, null)
    if (stays) return stays
    const first = await storyOf(tx, { ...asked, after: "" }, { scope, scene })
    if (!first.ok) return first
    const story = first.value
    for (let pages = 1; story.next !== null && pages < MOST_PAGES; pages += 1) {
      const more = await storyOf(tx, { ...asked, after: story.next }, { scope, scene })
      if (!more.ok) return more
      story.flows.push(...more.value.flows)
      story.findings.push(...more.value.findings.filter((one) => !story.findings.some((had) => sameSpan(had, one))))
      Object.assign(story.names, more.value.names)
      story.cut = [...new Set([...story.cut, ...more.value.cut])]
      story.next = more.value.next
    }
    return good(story)
  },
})

const sameSpan = (a: FindingSpan, b: FindingSpan): boolean =>
  a.recordId === b.recordId && a.clause === b.clause && a.params === b.params && a.fromAt === b.fromAt

async function storyOf(
  tx: Tx,
  asked: Input,
  { scope, scene }: { scope: Scope; scene: Scene },
): Promise<Outcome<PartyStory>> {
  const { at, day, said } = await whenAsked(tx, asked, scene.now)
  const [found] = await loadRecords(tx, [asked.id], at)
  const knows = await partiesThat(tx, { ids: [asked.id], at }, inScope("parties", scope, at))
  if (found?.kind !== "party" || !knows.has(asked.id)) return refuse("not-found", "not-found")
  const of = { partyId: asked.id, at, limit: MOST + 1 }
  const cut: string[] = []
  const few = <T>(part: string, list: readonly T[]): T[] => {
    if (list.length > MOST) cut.push(part)
    return list.slice(0, MOST)
  }
  const place = readPlace(asked.after)
  const all = await sharingsOfParty(
    tx,
    { ...of, after: place && { fold: place.key, id: place.id } },
    inScope("sharings", scope, at),
  )
  const page = all.slice(0, MOST)
  const last = page[page.length - 1]
  const sharingIds = page.map((one) => one.id)
  const paperIds = few("papers", await papersOfParty(tx, of, inScope("agreements", scope, at)))
  const others = few("evidence", await evidenceOfParty(tx, { ...of, sharingIds }, inScope("others", scope, at)))
  const loaded = await loadRecords(tx, [...sharingIds, ...paperIds, ...others.map((one) => one.id)], at)
  const hidden = await unseenIn(tx, [found, ...loaded], scope, at)
  const shown = withoutHidden(await withoutAdvice(tx, await withWords(tx, [found, ...loaded], at), scope), hidden)
  const by = new Map(shown.map((one) => [one.id as string, one]))
  const of1 = <K extends StoredRecord["kind"]>(kind: K, list: readonly string[]) =>
    list.flatMap((id) => {
      const one = by.get(id)
      return one?.kind === kind ? [one as Extract<StoredRecord, { kind: K }>] : []
    })
  const stored = await coverageOfMany(tx, { ids: sharingIds, at })
  const ids = [asked.id, ...sharingIds, ...paperIds, ...others.map((one) => one.id)]
  const requests = few("requests", await requestsAbout(tx, { ids, at, limit: MOST + 1 }, requestScope(scope)))
  const [party] = of1("party", [asked.id])
  if (!party) return refuse("not-found", "not-found")
  const papers = of1("agreement", paperIds)
  const known = await namesKnown(tx, party, shown, at)
  return good({
    party,
    versions: (await openVersions(tx, await versionsOf(tx, asked.id, at))).flatMap((one) =>
      one.kind === "party"
        ? [
            {
              ...{ n: one.version, at: one.at, title: one.body.legalName, standing: one.standing },
              ...{ decision: one.body.dataDecision, requestId: one.requestId },
            },
          ]
        : [],
    ),
    flows: of1("sharing", sharingIds).map((record) => {
      const coverage = stored.get(record.id)
      return { record, coverage: coverage === undefined ? null : (JSON.parse(coverage) as Coverage) }
    }),
    next: all.length > MOST && last ? writePlace(last.fold, last.id) : null,
    papers,
    signed: await signaturesIn(tx, papers, at),
    assessments: of1(
      "assessment",
      others.map((one) => one.id),
    ),
    chains: of1(
      "chain",
      others.map((one) => one.id),
    ),
    evidence: others.filter((one) => one.kind !== "assessment" && one.kind !== "chain"),
    under: few("under", await flowsUnder(tx, { ...of, sharingIds }, inScope("sharings", scope, at))),
    announcements: few(
      "announcements",
      await announcementLines(tx, {
        ...{ open: null, partyId: asked.id, id: null, size: MOST, after: null, asOf: at },
        scope: announcementScope(scope),
      }),
    ),
    findings: few("findings", await findingSpans(tx, { ids, at, limit: MOST + 1 })),
    requests,
    decisions: await decisionsAbout(tx, { requestIds: requests.map((one) => one.id), at }),
    mergedInto: known.into,
    merged: few("merged", await mergedIn(tx, of, inScope("parties", scope, at))),
    letters: few("letters", await lettersUnder(tx, { ids: paperIds, at, limit: MOST + 1 })),
    ...{ cut, names: known.names, entities: await companiesRead(tx, scope), clauses: await ownTitles(tx, at) },
    ...{ day, said, asOf: asked.asOf },
  })
}

/** What was known then of the signatures in the files of these papers. */
async function signaturesIn(
  tx: Tx,
  papers: readonly RecordOf<"agreement">[],
  at: Instant | null,
): Promise<Record<string, SignedStory>> {
  const hashes = papers.flatMap(({ body }) => body.files.map((file) => file.sha256))
  const found = await lastResults(tx, hashes, at)
  return Object.fromEntries(
    [...found].map(([sha256, one]) => [
      sha256,
      { overall: one.overall, says: one.says, at: one.at, trust: one.trustName },
    ]),
  )
}

/** What the records of the story and those that they name are called; what may not be known is not among them any more. */
async function namesKnown(
  tx: Parameters<typeof loadRecords>[0],
  party: RecordOf<"party">,
  shown: readonly StoredRecord[],
  at: Instant | null,
): Promise<{ names: Record<string, string>; into: Named | null }> {
  const named = shown.flatMap((one): string[] => {
    if (one.kind === "chain") return [one.body.partyId, one.body.engagedBy]
    if (one.kind !== "sharing") return []
    return one.body.grounds.flatMap((line) => [line.consentId, line.demandId].flatMap((id) => id ?? []))
  })
  const into = party.body.mergedInto
  const others = await loadRecords(tx, [...new Set([...named, ...(into ? [into] : [])])], at)
  const title = (one: StoredRecord): string => titleOf(one.kind, one.body as never)
  const names = Object.fromEntries([...others, ...shown].map((one) => [one.id as string, title(one)]))
  const to = into === null ? undefined : others.find((one) => one.id === into)
  return { names, into: to ? { id: to.id, title: title(to), kind: to.kind } : null }
}
