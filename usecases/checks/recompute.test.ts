import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { BLANK, known, unknown } from "@/domain/core/answer"
import { addDays, day, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Entity } from "@/domain/records/evidence"
import type { BodyOf } from "@/domain/records/kinds"
import type { Party } from "@/domain/records/party"
import type { Sharing } from "@/domain/records/sharing"
import { randomFrom } from "@/domain/sample/random"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"
import { typedEntity, typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aGround, OPEN, typedAgreement, typedAssessment, typedSharing, YEAR_BEGINS, YEAR_ENDS } from "@/testing/in-2026"
import { sceneFor } from "@/testing/people"
import { aCast, allAgree, must, submitted, type Cast, type Proposed } from "@/testing/requests"
import { volume } from "@/testing/volume"
import { putEntity } from "@/usecases/people/entities"
import { recheck } from "@/usecases/register/rebuild"
import { loadRecords } from "@/usecases/register/records"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId, OPERATOR } from "@/usecases/scene"
import { judgeWaiting, turnDays } from "./judge-again"

const REQUESTS = volume(500)
/** After so many requests a company's law is another. */
const CHANGES = (REQUESTS * 3) / 10

let on: TestDatabase
let cast: Cast
const companies: string[] = []
const made: Record<"party" | "sharing" | "agreement" | "assessment", string[]> = {
  ...{ party: [], sharing: [], agreement: [], assessment: [] },
}

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  companies.push(cast.entityId)
  for (const [country, regime, zone] of [
    ["CN", "CN", "Asia/Shanghai"],
    ["GB", "UK", "Europe/London"],
  ] as const)
    companies.push(must(await putEntity(sceneFor(on.db, OPERATOR), { body: company(country, regime, zone) })).id)
})
afterAll(() => on.drop())

function company(country: string, regime: "CN" | "UK", zone: string, more: Partial<Entity> = {}): Entity {
  return { ...typedEntity({ legalName: `Ours ${country}` }), country, zone, regimes: [{ regime, ...OPEN }], ...more }
}

const random = randomFrom(20_261)
const upTo = (n: number): number => Math.floor(random() * n)
const pick = <T>(list: readonly T[]): T => list[upTo(list.length)] as T
const someDay = (days: number) => addDays(YEAR_BEGINS, upTo(days))

function party(): Party {
  return typedParty({
    ...{ legalName: `Party ${upTo(1e9)} Ltd`, risk: known(pick(["low", "medium", "high"] as const)) },
    kinds: [{ kind: pick(["processor", "partner", "affiliate", "authority"] as const), ...OPEN }],
    country: random() < 0.1 ? unknown("the other side") : known(pick(["DE", "US", "SG", "IE"] as const)),
    conditions: random() < 0.4 ? [{ condition: "dpf", evidence: BLANK, firstOn: someDay(300), lastOn: null }] : [],
    restrictedTo:
      random() < 0.05
        ? [cast.requester, cast.legal, cast.dpo, cast.procurement].map((who) => who.id as Id<"person">)
        : null,
  })
}

function flow(entityId: string, partyId: string): Sharing {
  const routes: Mechanism[] = ["cn-volume", "cn-contract", "cn-assessment", "adequacy", "scc-2021"]
  const mode = pick(["entrust", "share", "transfer"] as const)
  const line = { module: BLANK, agreementId: null, assessmentId: null, evidence: BLANK, ...OPEN }
  return typedSharing(
    { entityId: entityId as Id<"entity">, partyId: partyId as Id<"party"> },
    {
      ...{ title: `Flow ${upTo(1e9)}`, mode, role: known(mode === "entrust" ? "processor" : "controller") },
      grounds: mode === "entrust" ? [] : [aGround(pick(["partner", "affiliate", "statute"] as const))],
      peopleCount: random() < 0.05 ? unknown() : known(upTo(90_000)),
      startsOn: known(someDay(200)),
      endsOn: random() < 0.4 ? known(addDays(YEAR_ENDS, upTo(500) - 200)) : { state: "not-applicable" },
      destinations: known([
        {
          ...{ country: pick(["US", "DE", "HK", "SG"] as const), kind: "storage" as const, ...OPEN },
          mechanisms:
            random() < 0.7 ? [{ regime: pick(["EU", "CN", "UK"] as const), mechanism: pick(routes), ...line }] : [],
        },
      ]),
    },
  )
}

/** What a request proposes: new records, or changes and ends of those that are there. */
function proposals(): { kind: "change" | "discovered"; list: Proposed[] } {
  const what = random()
  const entityId = pick(companies)
  const partyId = made.party.length ? pick(made.party) : ""
  if (what < 0.35 || made.sharing.length < 5) {
    const id = newId(sceneFor(on.db, cast.requester), "party")
    const own = random() < 0.5 || !partyId
    const list: Proposed[] = own ? [{ kind: "party", recordId: id, body: party() }] : []
    list.push({ kind: "sharing", body: flow(entityId, own ? id : partyId), discovered: true })
    return { kind: "discovered", list }
  }
  const change = (list: Proposed[]) => ({ kind: "change" as const, list })
  if (what < 0.5) {
    const covers = [pick(made.sharing), pick(made.sharing)]
    return change([{ kind: "agreement", body: agreementOver(covers) }])
  }
  if (what < 0.6) return change([{ kind: "assessment", body: assessmentOf(partyId) }])
  if (what < 0.75) return change([{ kind: "party", op: "change", recordId: partyId, body: party() }])
  if (what < 0.85 && made.agreement.length)
    return change([
      {
        kind: "agreement",
        op: pick(["change", "end"] as const),
        recordId: pick(made.agreement),
        body: agreementOver([pick(made.sharing)]),
      },
    ])
  if (what < 0.9 && made.assessment.length)
    return change([
      {
        kind: "assessment",
        op: pick(["change", "end"] as const),
        recordId: pick(made.assessment),
        body: assessmentOf(partyId),
      },
    ])
  const id = pick(made.sharing)
  return change([
    { kind: "sharing", op: random() < 0.6 ? "end" : "change", recordId: id, body: flow(entityId, partyId) },
  ])
}

function assessmentOf(partyId: string): BodyOf["assessment"] {
  const kind = pick(["due-diligence", "audit", "tia"] as const)
  return typedAssessment(partyId as Id<"party">, {
    ...{ kind, doneOn: known(someDay(250)), validUntil: known(addDays(YEAR_ENDS, upTo(300) - 150)) },
    sharingId: random() < 0.3 ? (pick(made.sharing) as Id<"sharing">) : null,
  })
}

const between = new Map<string, { entityId: string; partyId: string }>()
function agreementOver(covers: readonly string[]): BodyOf["agreement"] {
  const of = between.get(covers[0] ?? "") ?? { entityId: "", partyId: "" }
  const same = covers.filter((id) => {
    const other = between.get(id)
    return other?.entityId === of.entityId && other.partyId === of.partyId
  })
  return typedAgreement(of as { entityId: Id<"entity">; partyId: Id<"party"> }, [...new Set(same)] as Id<"sharing">[], {
    kind: pick(["processing", "confidentiality"] as const),
    endsOn: random() < 0.5 ? known(someDay(500)) : { state: "not-applicable" },
  })
}

/** Brings one request as far as it gets; says whether anything came into force. */
async function request(n: number): Promise<boolean> {
  const { kind, list } = proposals()
  const scene = sceneFor(on.db, cast.requester)
  const title = `Request ${n}`
  if (kind === "discovered") {
    const draft = must(await draftRequest(scene, { title, kind }))
    for (const one of list) {
      const saved = await saveProposal(scene, { requestId: draft.id, op: "create", discovered: true, ...one })
      noted(one, must(saved).recordId)
    }
    must(await submitRequest(scene, { requestId: draft.id }))
    return true
  }
  // What another request changed meanwhile, or what a clause blocks, is refused: that is part of the story.
  const [one] = list
  if (one && one.op && one.op !== "create") {
    const [head] = await loadRecords(on.db, [one.recordId ?? ""], null)
    if (!head || head.standing === "ended") return false
  }
  const asked = await submitted(on.db, cast, title, list)
  const last = await allAgree(on.db, cast, asked)
  if (last.ok) list.forEach((item, i) => noted(item, asked.recordIds[i] ?? ""))
  return last.ok
}

function noted(one: Proposed, id: string): void {
  if (one.kind === "sharing") between.set(id, { entityId: one.body.entityId, partyId: one.body.partyId })
  const list = made[one.kind as keyof typeof made]
  if (!list.includes(id)) list.push(id)
}

/** Everything that was worked out of what is in force, as it stands. */
async function standing() {
  const all = (query: string) => rows<Record<string, unknown>>(on.db, sql.raw(query))
  return {
    findings: await all("select * from findings where until_at = 'infinity' order by record_id, key"),
    judgements: await all("select * from judgements where until_at = 'infinity' order by record_id"),
    gaps: await all("select * from gaps where until_at = 'infinity' order by record_id, from_on"),
    days: await all(
      "select record_id, coverage, papered, blocking, warning from sharing_rows where until_at = 'infinity' order by record_id",
    ),
    board: await all("select * from promise_counts where n <> 0 order by entity_id, clause, verdict"),
    people: await all(
      "select * from band_sums where ordinary <> 0 or sensitive <> 0 or unknown <> 0 order by entity_id, on_day",
    ),
    leaving: await all("select * from band_flows order by record_id"),
    answers: await all("select * from answer_counts where n <> 0 order by entity_id, due_on"),
  }
}

test(`a full recompute gives the identical set after a random series of ${REQUESTS} requests`, async () => {
  let inForce = 0
  const now = () => ({ db: on.db, now: clockNow() })
  for (let n = 1; n <= REQUESTS; n += 1) {
    if (await request(n)) inForce += 1
    if (n % 90 === 0) await turnDays(now())
    if (n % 60 === 0) await judgeWaiting(now())
    // The company's law changes under its flows, and changes back.
    const criticalOperator = n % (2 * CHANGES) === CHANGES
    if (n % CHANGES === 0)
      must(
        await putEntity(sceneFor(on.db, OPERATOR), {
          id: companies[1],
          body: company("CN", "CN", "Asia/Shanghai", { criticalOperator }),
        }),
      )
  }
  expect(inForce).toBeGreaterThan(REQUESTS / 2)
  while ((await judgeWaiting(now())) > 0);
  await turnDays(now())
  const kept = await standing()
  expect(kept.findings.length).toBeGreaterThan(REQUESTS)
  expect(kept.people.length).toBeGreaterThan(5)
  expect(new Set(kept.findings.map((one) => one.clause)).size).toBeGreaterThan(10)
  await on.db.transaction((tx) => recheck(tx, clockNow()))
  const anew = await standing()
  for (const part of Object.keys(kept) as (keyof typeof kept)[]) expect(anew[part], part).toEqual(kept[part])
}, 1_200_000)

test("what a company's zone calls midnight brings out what expired there, once for two instances, without a restart", async () => {
  const [, shanghai, london] = companies as [string, string, string]
  const zones = { [shanghai]: "Asia/Shanghai", [london]: "Europe/London" }
  // 2031-07-01 has begun in Shanghai, not yet in London.
  const instant = "2031-06-30T18:00:00.000Z" as ReturnType<typeof clockNow>
  const two = await Promise.all([turnDays({ db: on.db, now: instant }), turnDays({ db: on.db, now: instant })])
  expect(two.reduce((all, n) => all + n, 0)).toBe(companies.length + 1)
  const reached = await rows<{ entity_id: string; on_day: string }>(
    on.db,
    sql`select entity_id, on_day::text from promise_days where entity_id in (${shanghai}, ${london})`,
  )
  for (const one of reached) expect(one.on_day).toBe(dayIn(zones[one.entity_id] ?? "UTC", instant))
  expect(new Set(reached.map((one) => one.on_day))).toEqual(new Set([day("2031-07-01"), day("2031-06-30")]))
  const counted = await rows(
    on.db,
    sql`select t.entity_id, t.clause, t.verdict, sum(t.n)::int as n from promise_turns t join promise_days d using (entity_id)
      where t.on_day <= d.on_day group by 1, 2, 3 having sum(t.n) <> 0 order by 1, 2, 3`,
  )
  const stored = await rows(
    on.db,
    sql`select entity_id, clause, verdict, n from promise_counts where n <> 0 order by entity_id, clause, verdict`,
  )
  expect(stored).toEqual(counted)
})
