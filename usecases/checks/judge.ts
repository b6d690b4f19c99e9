import { sql } from "drizzle-orm"
import { listEntityIds } from "@/db/statements/entities"
import { neighbours, touchedSharings } from "@/db/statements/neighbours"
import type { ProposalRow, RequestRow } from "@/db/statements/requests"
import type { JudgementRow } from "@/db/statements/judgements"
import type { SharingChecks } from "@/db/statements/rows"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Finding } from "@/domain/checks/types"
import type { Entity } from "@/domain/records/evidence"
import type { AnyRecord, BodyOf } from "@/domain/records/kinds"
import { refsOf } from "@/domain/records/refer"
import { companiesNamed, entitiesOf, stagesFor, type Change, type Stage } from "@/domain/requests/stages"
import { withConfirmed } from "@/usecases/register/confirmed"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { rulesInForce, type RulesInForce } from "@/usecases/requests/rules-in-force"
import { lawFactsOf, type LawFacts } from "@/domain/checks/law"
import type { BandTip } from "@/domain/checks/wide"
import { covers } from "@/domain/core/stretch"
import type { Coverage } from "@/domain/coverage/coverage"
import { bandsWith, type BandsKept } from "./bands"
import { checkMany } from "./check-all"
import { conditionsAround } from "./conditions"
import { packsNow } from "@/usecases/packs/known"
import { withWords } from "@/usecases/signatures/paper-words"
import type { Actor } from "@/usecases/scene"

/** What the checks wrote down for records that come into force: for their rows and for the list of findings. */
export type Checked = {
  recordIds: string[]
  findings: Finding[]
  sharings: SharingChecks[]
  judgements: JudgementRow[]
  /** The sums of people that the records move, and the companies and law that they were worked out with. */
  bands: BandsKept
  entities: ReadonlyMap<Id<"entity">, Entity>
  law: LawFacts
}

export type Judgement = {
  stages: Stage[]
  /** The version of the stage rules that they came from. */
  rulesVersion: number
  /** Findings on what the register would be, of the proposed records and of those they touch. */
  findings: Finding[]
  /** Those that stop an approval today. */
  blocking: Finding[]
  /** The day on which each record's approval is judged. */
  days: Record<string, Day>
  blockedSharings: Set<string>
  entityIds: string[]
  /** Named persons, where any proposed record is restricted: the request is then restricted alike. */
  restrictedTo: string[] | null
  /** What the proposals do to the sums of people whose data leaves the mainland, by company. */
  tips: BandTip[]
  /** Every record that the checks could look at, by id; and whether they looked at sums of a whole company besides. */
  read: { ids: string[]; sums: boolean }
  /** On which days each sharing that is proposed or touched would be covered, by its id; none unless they are to be drawn. */
  coverage: ReadonlyMap<string, Coverage>
  checked: Checked
}

type Proposed = Pick<ProposalRow, "recordId" | "op" | "discovered"> &
  Pick<AnyRecord, "kind"> & { body: AnyRecord["body"] }

/**
 * Judges proposals on what the register would be: lays them over what is in force, runs the checks on the records and on
 * every sharing that they touch, and works out the stages from the difference. Reads only. `keep`: what is found will be
 * written down, for the proposals come into force. `draw`: on which days their sharings would be covered is
 * given as well. `rules`: the stage rules that hold for them where those are not the
 * ones of now.
 */
export async function judge(
  tx: Tx,
  proposals: readonly Proposed[],
  on: { now: Instant; kind: RequestRow["kind"]; scopeOf: Actor; keep?: boolean; draw?: boolean; rules?: RulesInForce },
): Promise<Outcome<Judgement>> {
  // Nothing in force can refer to what is only now proposed.
  const reached = await touchedSharings(
    tx,
    proposals.flatMap((item) => (item.op === "create" ? [] : [item.recordId])),
    assessed(proposals),
  )
  const around = await surroundings(tx, proposals, reached)
  const entities = await entitiesAround(tx, proposals, around)
  const missing = proposals.find(
    (item) => "entityId" in item.body && companiesOf(item).some((id) => !entities.has(id as Id<"entity">)),
  )
  if (missing)
    return refuse("invalid", "invalid.entity", {
      fields: [{ path: `${missing.recordId}.entityId`, says: "invalid.entity" }],
    })
  const before = new Map(around.map((record) => [record.id as string, record]))
  const changes = proposals.map((item) => ({
    op: item.op,
    kind: item.kind,
    before: (before.get(item.recordId)?.body as BodyOf["party"] | undefined) ?? null,
    after: item.body,
    discovered: item.discovered,
  })) as Change[]
  // Of a paper that was signed by hand people may have confirmed what is only proposed.
  const after = await withWords(tx, await withConfirmed(tx, laidOver(around, proposals), null), null)
  const touched = new Set([...reached, ...proposals.flatMap((item) => [item.recordId, ...sharingsNamed(item)])])
  const today = new Map([...entities].map(([id, entity]) => [id as string, dayIn(entity.zone, on.now)]))
  const packs = await packsNow(tx, on.now)
  const law = lawFactsOf(packs)
  const bands = await bandsWith(tx, asRecords(proposals), { entities, today, law, packs, personId: on.scopeOf.id })
  const conditions = await conditionsAround(tx, [...touched, ...around.map((record) => record.id as string)], null)
  const { stands } = bands.kept
  const result = await checkMany(
    {
      ...{ records: after, entities, today, about: touched, packs, stands, conditions },
      ...{ keep: on.keep ?? false, draw: on.draw ?? false },
    },
    () => tx.execute(sql`select 1`),
  )
  const mine = new Set(proposals.map((item) => item.recordId))
  // What is tipped is said of the request, and stands nowhere once it came into force: then the flows' own findings do.
  const tipped = bands.findings.filter(({ recordId, from, to }) => {
    const day = result.days[recordId]
    return day !== undefined && covers([{ from, to }], day)
  })
  const blocking = [
    ...result.blocking.filter((finding) => mine.has(finding.recordId)),
    ...tipped.filter((finding) => finding.severity === "blocking"),
  ]
  const { rules, version: rulesVersion } = on.rules ?? (await rulesInForce(tx, null))
  return good({
    stages: on.kind === "discovered" ? [] : stagesFor(changes, entities, rules),
    rulesVersion,
    findings: [...result.findings, ...bands.findings],
    days: result.days,
    blocking,
    blockedSharings: new Set(
      blocking.filter((finding) => finding.recordKind === "sharing").map((finding) => finding.recordId),
    ),
    entityIds: [...new Set([...proposals.flatMap(companiesOf), ...changes.flatMap(entitiesOf)])].sort(),
    restrictedTo: namesAllowed([
      ...proposals.map((item) => item.body),
      ...changes.flatMap((item) => item.before ?? []),
    ]),
    tips: bands.tips,
    read: {
      ids: [...new Set([...readIds(proposals), ...around.map((record) => record.id as string), ...entities.keys()])],
      sums: bands.kept.stands.size > 0,
    },
    coverage: result.coverage,
    checked: { ...result.checked, bands: bands.kept, entities, law },
  })
}

/** The proposed records and those that they name. */
function readIds(proposals: readonly Proposed[]): string[] {
  return proposals.flatMap((item) => [
    item.recordId,
    ...refsOf(item.kind, item.body as BodyOf[typeof item.kind]).map((ref) => ref.id as string),
  ])
}

/** Records in force around the proposals and the sharings that these reach. */
async function surroundings(tx: Tx, proposals: readonly Proposed[], reached: readonly string[]): Promise<AnyRecord[]> {
  const parties = new Set<string>()
  const sharings = new Set<string>()
  const named = new Set<string>(proposals.map((item) => item.recordId))
  const made = new Set<string>(proposals.flatMap((item) => (item.op === "create" ? [item.recordId] : [])))
  for (const item of proposals) {
    if (item.kind === "party") parties.add(item.recordId)
    if (item.kind === "sharing") sharings.add(item.recordId)
    for (const ref of refsOf(item.kind, item.body as BodyOf[typeof item.kind])) {
      named.add(ref.id)
      if (ref.kind === "party") parties.add(ref.id)
      if (ref.kind === "sharing") sharings.add(ref.id)
    }
  }
  for (const id of reached) sharings.add(id)
  // Around what is only now proposed nothing is in force.
  for (const id of made) if (!parties.delete(id)) sharings.delete(id)
  const known = await neighbours(
    tx,
    {
      parties: [...parties],
      sharings: [...sharings],
      allSharings: proposals.some((item) => item.kind === "party" && item.op !== "create"),
    },
    null,
  )
  return loadRecords(tx, [...new Set([...known, ...named])], null)
}

async function entitiesAround(
  tx: Tx,
  proposals: readonly Proposed[],
  around: readonly AnyRecord[],
): Promise<Map<Id<"entity">, Entity>> {
  const ids = [...around.flatMap(({ kind, body }) => companiesNamed(kind, body)), ...proposals.flatMap(companiesOf)]
  const found = await loadEntities(tx, [...new Set(ids)], null)
  if (found.size > 0) return found
  // A request about a party alone concerns the company as a whole: its first entity's rules hold.
  return loadEntities(tx, (await listEntityIds(tx)).slice(0, 1), null)
}

/** The companies that a proposal is about. */
const companiesOf = (item: Proposed): readonly string[] => companiesNamed(item.kind, item.body)

/** What the register would be with the proposals in force. */
function laidOver(around: readonly AnyRecord[], proposals: readonly Proposed[]): AnyRecord[] {
  const all = new Map<string, AnyRecord>(around.map((record) => [record.id, record]))
  for (const item of proposals) {
    const version = (all.get(item.recordId)?.version ?? 0) + 1
    const standing = item.op === "end" ? "ended" : item.discovered ? "discovered" : "approved"
    all.set(item.recordId, { id: item.recordId, kind: item.kind, version, standing, body: item.body } as AnyRecord)
  }
  return [...all.values()]
}

function asRecords(proposals: readonly Proposed[]): Pick<AnyRecord, "id" | "kind" | "body">[] {
  return proposals.map(({ recordId, kind, body }) => ({ id: recordId, kind, body }) as AnyRecord)
}

/** Parties that are looked at as a whole: what is found of them changes what is found of each flow to them. */
function assessed(proposals: readonly Proposed[]): string[] {
  return proposals.flatMap(({ kind, body }) => {
    if (kind !== "assessment") return []
    const { partyId, sharingId } = body as BodyOf["assessment"]
    return sharingId === null ? [partyId] : []
  })
}

function sharingsNamed(item: Proposed): string[] {
  if (item.kind === "sharing") return [item.recordId]
  return refsOf(item.kind, item.body as BodyOf[typeof item.kind])
    .filter((ref) => ref.kind === "sharing")
    .map((ref) => ref.id)
}

/** Whoever may know every body, as it is proposed and as it stands: lifting a restriction is itself restricted. */
function namesAllowed(bodies: readonly { restrictedTo: readonly string[] | null }[]): string[] | null {
  const lists = bodies.flatMap((body) => (body.restrictedTo ? [body.restrictedTo] : []))
  return lists.length ? [...new Set(lists.flat())].filter((id) => lists.every((list) => list.includes(id))) : null
}
