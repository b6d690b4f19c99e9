import { setImmediate } from "node:timers/promises"
import { sql, type SQL } from "drizzle-orm"
import { batches } from "@/db/batches"
import type { Tx } from "@/db/connect"
import { listEntityIds } from "@/db/statements/entities"
import { countReached, paperFamily, reachedSharings, type Reach } from "@/db/statements/whatif"
import { factsOfSharing } from "@/domain/checks/facts"
import { lawFactsOf, type LawFacts } from "@/domain/checks/law"
import { makeRegister } from "@/domain/checks/register"
import type { SharingFacts } from "@/domain/checks/types"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { Entity } from "@/domain/records/evidence"
import type { AnyRecord } from "@/domain/records/kinds"
import { titleOf } from "@/domain/records/project"
import { compareSharing } from "@/domain/whatif/compare"
import { layOverRules, rulesOf, type Rules } from "@/domain/whatif/lay-law"
import { layOverRecords } from "@/domain/whatif/lay-records"
import { beginSummary, concerned, inOrder, type Affected, type Summary } from "@/domain/whatif/result"
import { recordOf, type Scenario } from "@/domain/whatif/scenario"
import { readAround, type Kept } from "./load-around"
import { standsBothWays, type StandsBothWays } from "./stands"
import type { Stands } from "@/usecases/checks/bands"
import { packsNow } from "@/usecases/packs/known"
import { readable } from "@/usecases/register/read-record"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { inEntities, unrestricted, type Scope } from "@/usecases/scope"

/** Up to so many sharings are answered at once; more are worked out by the worker. */
export const AT_ONCE = 2_000
const BATCH = 250
const TURN = 50

export type Reached = { reach: Reach; subject: AnyRecord | null }
export type Worked = { summary: Summary; lines: Affected[] }

/** What the scenario is about, if this reader may know that it exists, and which sharings it can touch. */
export async function reachOf(tx: Tx, scenario: Scenario, scope: Scope, now: Instant): Promise<Outcome<Reached>> {
  const id = recordOf(scenario)
  const [subject] = id === null ? [] : await loadRecords(tx, [id], null)
  if (id !== null && (!subject || !readable(subject, scope))) return refuse("not-found", "not-found")
  const reach = await reachBy(tx, scenario, now)
  if (subject?.kind === "party" && scope.partiesByEntity && (await countReached(tx, reach, within(scope))) === 0)
    return refuse("not-found", "not-found")
  return good({ reach, subject: subject ?? null })
}

async function reachBy(tx: Tx, scenario: Scenario, now: Instant): Promise<Reach> {
  switch (scenario.kind) {
    case "loses-adequacy":
      return { by: "country", country: scenario.country, mechanism: "adequacy" }
    case "gains-adequacy":
      return { by: "country", country: scenario.country, mechanism: null }
    case "agreement-ends":
    case "agreement-not-renewed":
      return { by: "records", ids: await paperFamily(tx, scenario.agreementId) }
    case "consent-withdrawn":
      return { by: "records", ids: [scenario.consentId] }
    case "purpose-withdrawn":
      return { by: "purpose", purpose: scenario.purpose, bases: consents(lawFactsOf(await packsNow(tx, now))) }
    case "pack-next":
      return { by: "entities", ids: await boundBy(tx, scenario, now) }
    default:
      return { by: "party", partyId: scenario.partyId }
  }
}

/** The legal bases that are a consent, by code. */
function consents(law: LawFacts): string[] {
  return [...new Set(law.bases.filter((line) => line.consent).map((line) => line.basis))]
}

/** Companies that the pack's regimes bind, in its new version or in the one that it replaces; null: all. */
async function boundBy(
  tx: Tx,
  scenario: Extract<Scenario, { kind: "pack-next" }>,
  now: Instant,
): Promise<string[] | null> {
  const { pack: next } = scenario
  const known = (await packsNow(tx, now)).filter((pack) => pack.pack === next.pack)
  const before = known.find((pack) => pack.own && pack.version === next.replaces)
  if (next.effectiveFrom && next.scope.entities && (!before || before.scope.entities))
    return [...new Set([...next.scope.entities, ...(before?.scope.entities ?? [])])]
  const both = [next, ...known]
  if (both.some((pack) => pack.scope.regimes === null)) return null
  const regimes = new Set(both.flatMap((pack) => pack.scope.regimes ?? []))
  const entities = await loadEntities(tx, await listEntityIds(tx), null)
  return [...entities].flatMap(([id, entity]) => (entity.regimes.some((line) => regimes.has(line.regime)) ? [id] : []))
}

/** The reader's condition on the rows of sharings. */
export function within(scope: Scope): SQL {
  return sql`${unrestricted(scope, sql`r.restricted_to`)} and ${inEntities(scope, sql`r.entity_id`)}`
}

/** Who is next: the number of the batch that one takes, and how many sharings all have done with those that one did. */
export type Turns = { next: () => number; did: (n: number) => number }

export type On = {
  scenario: Scenario
  reach: Reach
  scope: Scope
  now: Instant
  /** The sharings that it can touch, where they are known already. */
  ids?: readonly string[]
  progress?: (done: number, total: number) => Promise<boolean>
  /** Where several share the work; left out: every batch is one's own. */
  turns?: Turns
  /** So many sharings at once; left out: 500. */
  batch?: number
}

/**
 * Works a scenario out over every sharing that it can touch and the reader may read: coverage and checks before and
 * after, a batch at a time. Reads only. `progress` may stop it, by giving false: then the value is null.
 */
export async function workOut(tx: Tx, on: On): Promise<Worked | null> {
  const lines: Affected[] = []
  const summary = await workOutEach(tx, on, (line) => void lines.push(line))
  return summary && { summary, lines: inOrder(lines) }
}

/**
 * The same, where nobody keeps the lines: each is given away as it comes, in no order. Of several who share the work each
 * counts what it did itself.
 */
export async function workOutEach(tx: Tx, on: On, take: (line: Affected) => void): Promise<Summary | null> {
  const before = rulesOf(await packsNow(tx, on.now))
  const supposed = layOverRules(before, on.scenario)
  const ids = on.ids ?? (await reachedSharings(tx, on.reach, within(on.scope), null))
  const entities = await loadEntities(tx, await listEntityIds(tx), null)
  const stands = await standsBothWays(tx, on.scenario, { entities, before: before.law, after: supposed.law })
  const rules = { rules: before, supposed, entities, stands, reader: on.scope.personId }
  const summary = beginSummary()
  const kept: Kept = new Map()
  const parts = batches(ids, on.batch ?? BATCH)
  const turns = on.turns ?? ownTurns()
  let at = turns.next()
  let reading = readAround(tx, parts[at] ?? [], kept)
  let mine = 0
  try {
    for (let batch = parts[at]; batch; batch = parts[at]) {
      const around = await reading
      // The next batch is read while this one is compared; whoever fails is waited for, and thrown, in its own turn.
      at = turns.next()
      reading = readAround(tx, parts[at] ?? [], kept)
      reading.catch(() => undefined)
      let turn = 0
      for (const part of around) {
        const compare = comparing(part.records(), on.scenario, rules)
        for (const id of part.sharings) {
          const line = compare?.(id)
          if (line) {
            summary.add(line)
            take(line)
          }
          turn += 1
          // What is read beside goes on between two turns: one statement follows another there.
          if (turn % TURN === 0) await setImmediate()
        }
      }
      mine += batch.length
      const done = turns.did(batch.length)
      if (on.progress && !(await on.progress(done, ids.length))) return null
    }
  } finally {
    // Whatever failed: nothing of ours may still read when the transaction is let go.
    await Promise.allSettled([reading])
  }
  return summary.end(mine)
}

function ownTurns(): Turns {
  let [at, done] = [-1, 0]
  return { next: () => (at += 1), did: (n) => (done += n) }
}

type Around = {
  rules: Rules
  supposed: Rules
  entities: Map<Id<"entity">, Entity>
  /** How companies stand where clauses about the whole register are asked; left out: they are not. */
  stands?: StandsBothWays | null
  /** Whoever reads it. */
  reader: string
}

/** Compares each of the sharings among the records around them; those that stay as they are have no line. */
export function compareRecords(
  records: readonly AnyRecord[],
  ids: readonly string[],
  scenario: Scenario,
  around: Around,
): Affected[] {
  const compare = comparing(records, scenario, around)
  return compare ? ids.flatMap((id) => compare(id) ?? []) : []
}

/** How a sharing among these records is compared; null of what stays as it is, or where nothing here changes. */
function comparing(
  records: readonly AnyRecord[],
  scenario: Scenario,
  around: Around,
): ((id: string) => Affected | null) | null {
  const { rules, supposed, entities } = around
  const before = makeRegister(records, entities)
  const changed = layOverRecords(records, scenario, { entities, law: rules.law })
  const after = changed.every((record, i) => record === records[i]) ? before : makeRegister(changed, entities)
  if (after === before && supposed === rules) return null
  const same = after === before && around.stands?.before === around.stands?.after
  return (id) => {
    const plain = factsOfSharing(before, id as Id<"sharing">)
    const was = standing(plain, around.stands?.before)
    const is = same
      ? was
      : standing(after === before ? plain : factsOfSharing(after, id as Id<"sharing">), around.stands?.after)
    if (!was || !is) return null
    const compared = compareSharing({ before: was, after: is, rulesBefore: rules, rulesAfter: supposed }, scenario)
    return compared.change === "unchanged" ? null : { ...compared, ...named(was, around.reader) }
  }
}

/** The facts with how their company stands, where that is asked. */
function standing(facts: SharingFacts | null, stands: Stands | undefined): SharingFacts | null {
  const bands = facts && stands?.get(facts.sharing.body.entityId)
  return facts && bands ? { ...facts, bands } : facts
}

/** What the line says of whom: neither id nor name of a party of which the reader may not know. */
function named(facts: SharingFacts, reader: string): Omit<Affected, keyof ReturnType<typeof compareSharing>> {
  const { sharing, party } = facts
  const { restrictedTo } = party.body
  const hidden = restrictedTo !== null && !(restrictedTo as readonly string[]).includes(reader)
  return {
    ...concerned(sharing.body),
    id: sharing.id,
    title: titleOf("sharing", sharing.body),
    entityId: sharing.body.entityId,
    partyId: hidden ? "" : sharing.body.partyId,
    partyName: hidden ? "" : titleOf("party", party.body),
  }
}
