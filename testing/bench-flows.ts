import { sql, type SQL } from "drizzle-orm"
import { closeDb, openDb, row, type Db } from "@/db/connect"
import { BLANK, known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { putEntity } from "@/usecases/people/entities"
import { OPERATOR } from "@/usecases/scene"
import { idMaker, loadBench, PLAIN, type Made } from "./bench-load"
import { typedEntity, typedParty } from "./bodies"
import { mechanism } from "./covered"
import { OPEN, typedAgreement, typedSharing } from "./flow"
import { anEntity, sceneFor } from "./people"
import { must, submitted, type Cast } from "./requests"

const EACH = 5
/** So many flows does the heaviest party have. */
export const HEAVY = 500

type Companies = { union: readonly Id<"entity">[]; mainland: Id<"entity"> }

/**
 * Flows of four companies of the Union and one of the mainland: a quarter goes to the US and a twentieth to Japan, both on
 * adequacy alone; one in a hundred papers is the mainland's. The first party has 500 of them.
 */
function* flows(sharings: number, { union, mainland }: Companies): Generator<Made> {
  const newId = idMaker()
  const conditions = (["dpf", "appi"] as const).map((condition) => ({ condition, evidence: BLANK, ...OPEN }))
  const parties = Array.from({ length: Math.max(2, sharings / 10) }, () => newId("party"))
  for (const [i, id] of parties.entries())
    yield { kind: "party", id, ...PLAIN, body: typedParty({ legalName: `Party ${i}`, conditions }) }
  for (let n = 0; n < sharings / EACH; n += 1) {
    const partyId = parties[n < HEAVY / EACH ? 0 : 1 + (n % (parties.length - 1))] as Id<"party">
    const chinese = n % 100 === 99
    const entityId = chinese ? mainland : (union[n % union.length] as Id<"entity">)
    const between = { entityId, partyId }
    const mine: Id<"sharing">[] = []
    for (let i = n * EACH; i < (n + 1) * EACH; i += 1) {
      const id = newId("sharing")
      yield { kind: "sharing", id, ...PLAIN, body: aFlow(i, between, chinese) }
      mine.push(id)
    }
    yield { kind: "agreement", id: newId("agreement"), ...PLAIN, body: typedAgreement(between, mine) }
  }
}

function aFlow(i: number, between: { entityId: Id<"entity">; partyId: Id<"party"> }, chinese: boolean) {
  const country = chinese || i % 4 === 0 ? "US" : i % 20 === 1 ? "JP" : "DE"
  const route = chinese ? mechanism("cn-contract", { regime: "CN" }) : mechanism("adequacy")
  const mechanisms = country === "DE" ? [] : [route]
  return typedSharing(between, {
    ...{ title: `Flow ${i}`, peopleCount: known(10 + (i % 90)) },
    ...(i % 50 === 7 ? { dataLines: { state: "unknown" as const } } : {}),
    destinations: known([{ country, kind: "storage" as const, mechanisms, ...OPEN }]),
  })
}

/** Loads so many flows through `COPY` into a migrated database; what the checks say of them is not in it yet. */
export async function loadFlows(db: Db, owner: string, sharings: number, cast: Cast): Promise<void> {
  const { requestId } = await submitted(db, cast, "Load", [{ kind: "party", body: typedParty() }])
  const union = [cast.entityId as Id<"entity">, await anEntity(db), await anEntity(db), await anEntity(db)]
  const regimes = [{ regime: "CN" as const, ...OPEN }]
  const body = { ...typedEntity({ legalName: "Mainland Ltd" }), country: "CN", zone: "Asia/Shanghai", regimes }
  const mainland = must(await putEntity(sceneFor(db, OPERATOR), { body })).id as Id<"entity">
  await loadBench(
    owner,
    { parties: 0, sharings, agreements: 0, events: 0 },
    { entityIds: union, requestId },
    flows(sharings, { union, mainland }),
  )
}

/** The party with the most flows. */
export async function heaviest(db: Db): Promise<Id<"party">> {
  const found = await row<{ id: string }>(
    db,
    sql`select party_id as id from sharing_rows group by 1 order by count(*) desc limit 1`,
  )
  return (found?.id ?? "") as Id<"party">
}

/** What autovacuum would have done by the time that somebody looks. */
export async function vacuum(owner: string): Promise<void> {
  await asOwner(owner, [sql`vacuum analyze`])
}

/** A day on which no judgement finds that a gap began: the lines of `gapEach` are told by it. */
const MARK = "1999-09-09"

/** Every flow has a gap today, of one of seven causes, beside those that it has; as a register would after a large change of law. */
export async function gapEach(owner: string): Promise<void> {
  await asOwner(owner, [
    sql`insert into gaps (record_id, from_at, until_at, entity_id, since_on, from_on, until_on, causes)
      select r.record_id, now(), 'infinity', r.entity_id, ${MARK}::date, ${MARK}::date, 'infinity',
        array[(array['ground','basis.EU','paper.processing','mechanism.US','mechanism.JP','rules.KR','paper.ccpa'])[1 + abs(hashtext(r.record_id)) % 7]]
      from sharing_rows r where r.until_at = 'infinity'`,
    sql`vacuum analyze gaps`,
  ])
}

/** Takes the lines of `gapEach` away again. */
export async function noGapEach(owner: string): Promise<void> {
  await asOwner(owner, [sql`delete from gaps where from_on = ${MARK}::date`, sql`vacuum analyze gaps`])
}

async function asOwner(owner: string, statements: readonly SQL[]): Promise<void> {
  const db = openDb(owner, { name: "onward-bench-owner", max: 1, statementSeconds: 900 })
  for (const statement of statements) await db.execute(statement)
  await closeDb(db)
}
