import type { Tx } from "@/db/connect"
import { neighbours } from "@/db/statements/neighbours"
import { judgementsOf } from "@/db/statements/judged"
import { factsOfSharing } from "@/domain/checks/facts"
import { lawFactsOf } from "@/domain/checks/law"
import { makeRegister } from "@/domain/checks/register"
import type { Finding, Pack } from "@/domain/checks/types"
import { dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { coverageOf, type Coverage } from "@/domain/coverage/coverage"
import { standsNow } from "@/usecases/checks/bands"
import { checkAll } from "@/usecases/checks/check-all"
import { conditionsAround } from "@/usecases/checks/conditions"
import { withWords } from "@/usecases/signatures/paper-words"
import { onAll } from "@/usecases/bound"
import { loadEntities, loadRecords, type StoredRecord } from "./records"

/** What the checks say of a record's page: findings, its own coverage, and that of a party's flows. */
export type Judged = {
  findings: Finding[]
  coverage: Coverage | null
  flows: { id: string; coverage: Coverage }[]
}

const JUDGED: readonly string[] = ["party", "sharing", "agreement"]

/** Whom a record's page tells findings of: itself; of a party what is around it as well, for that is what it is asked about. */
function asked(record: StoredRecord, related: readonly StoredRecord[]): StoredRecord[] {
  return (record.kind === "party" ? [record, ...related] : [record]).filter((item) => JUDGED.includes(item.kind))
}

/**
 * What is judged and kept of the record and what this reader sees around it, as it stands now; null where something
 * waits to be judged anew, or never was.
 */
export async function standing(tx: Tx, record: StoredRecord, related: readonly StoredRecord[]): Promise<Judged | null> {
  const wanted = asked(record, related)
  const ids = wanted.map((item) => item.id as string)
  const kept = await judgementsOf(tx, ids)
  if (kept === null) return null
  const flows = wanted.filter((item) => record.kind === "party" && item.kind === "sharing")
  return {
    findings: ids.flatMap((id) => kept.findings.get(id) ?? []),
    coverage: record.kind === "sharing" ? (kept.coverage.get(record.id) ?? null) : null,
    flows: flows.flatMap(({ id }) => {
      const coverage = kept.coverage.get(id)
      return coverage ? [{ id, coverage }] : []
    }),
  }
}

type When = { at: Instant | null; now: Instant; on: Day | null; today: Day; packs: readonly Pack[] }

/** The same worked out anew from everything around, by the packs known at the instant and the law as known on the day. */
export async function judgedAnew(
  tx: Tx,
  judged: StoredRecord,
  related: readonly StoredRecord[],
  when: When,
): Promise<Judged> {
  const wanted = asked(judged, related)
  if (wanted.length === 0) return { findings: [], coverage: null, flows: [] }
  return onAll(tx, () => workedOut(tx, judged, related, wanted, when))
}

async function workedOut(
  tx: Tx,
  judged: StoredRecord,
  related: readonly StoredRecord[],
  wanted: readonly StoredRecord[],
  when: When,
): Promise<Judged> {
  const [record, ...around] = await withWords(
    tx,
    [judged, ...(await surroundings(tx, judged, related, when.at))],
    when.at,
  )
  if (!record) return { findings: [], coverage: null, flows: [] }
  const entityIds = [record, ...around].flatMap((item) => ("entityId" in item.body ? [item.body.entityId] : []))
  const entities = await loadEntities(tx, [...new Set(entityIds)], when.at)
  const days = new Map([...entities].map(([id, entity]) => [id as string, when.on ?? dayIn(entity.zone, when.now)]))
  if (days.size === 0) days.set("", when.today)
  const about = new Set(wanted.map((item) => item.id as string))
  // How companies stand in sums is kept for now alone; as of an instant those clauses are not asked of a single record.
  const stands = when.at === null ? await standsNow(tx, entities, lawFactsOf(when.packs)) : undefined
  const conditions = await conditionsAround(tx, [...about], when.at)
  const result = checkAll([record, ...around], entities, days, about, when.packs, {
    ...(stands ? { stands } : {}),
    conditions,
  })
  const register = makeRegister([record, ...around], entities)
  const law = lawFactsOf(when.packs, when.today)
  const covered = (id: string): Coverage | null => {
    const facts = factsOfSharing(register, id as Id<"sharing">)
    return facts ? coverageOf(facts, law) : null
  }
  const flows = wanted.filter((item) => record.kind === "party" && item.kind === "sharing")
  return {
    findings: result.findings.filter((finding) => about.has(finding.recordId)),
    coverage: record.kind === "sharing" ? covered(record.id) : null,
    flows: flows.flatMap(({ id }) => {
      const coverage = covered(id)
      return coverage ? [{ id, coverage }] : []
    }),
  }
}

/** Everything that the checks on the record look at, in force at the instant: what it is near to, and theirs. */
async function surroundings(
  tx: Tx,
  record: StoredRecord,
  related: readonly StoredRecord[],
  at: Instant | null,
): Promise<StoredRecord[]> {
  if (record.kind !== "sharing" && record.kind !== "party" && record.kind !== "agreement") return [...related]
  const parties = record.kind === "party" ? [record.id] : [record.body.partyId as string]
  const sharings =
    record.kind === "party" ? related.filter((item) => item.kind === "sharing").map((item) => item.id) : [record.id]
  const ids = await neighbours(tx, { parties, sharings, allSharings: false }, at)
  const known = new Set([record.id as string, ...related.map((item) => item.id as string)])
  const more = await loadRecords(
    tx,
    ids.filter((id) => !known.has(id)),
    at,
  )
  return [...related, ...more]
}
