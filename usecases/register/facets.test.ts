import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { row, type Tx } from "@/db/connect"
import { flowSumsOf } from "@/db/statements/flows"
import { facetCounts, listCount, type ListQuery } from "@/db/statements/lists"
import { indexedFacets, LISTS, type ListName } from "@/db/statements/list-specs"
import { known } from "@/domain/core/answer"
import { dayIn } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import type { Id } from "@/domain/core/id"
import { pictureOf, type Flows } from "@/domain/flows/picture"
import { randomFrom } from "@/domain/sample/random"
import { readFlows } from "@/usecases/flows/read-flows"
import { clockNow, newId, type Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aGround, typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { aPerson, anEntity, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast, type Proposed } from "@/testing/requests"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { facetIndex, makeFacets } from "./facet-cache"
import { inScope, listRecords } from "./list-records"

const SEED = 20261125
const ACTS = 24
const NAMES = Object.keys(LISTS) as ListName[]
let on: TestDatabase
let cast: Cast
let entities: string[]
let readers: Record<string, Actor>

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  entities = [cast.entityId, await anEntity(on.db)]
  readers = {
    "of all companies": await aPerson(on.db, "Olga Outsider", ["legal"]),
    "named in restricted records": cast.procurement,
    "of the second company": await aPerson(on.db, "Sonja Second", ["legal"], entities[1]),
    "supervising the second company": await aPerson(on.db, "Sven Supervisor", ["supervisor"], entities[1]),
    "of a company without records": await aPerson(on.db, "Nora Nothing", ["legal"], await anEntity(on.db)),
  }
}, 60_000)
afterAll(() => on.drop())

type Question = Pick<ListQuery, "q" | "filters" | "excluded">

/** Total and all facets as SQL counts them, row by row, with the reader's scope as the list's own condition. */
async function bySql(tx: Tx, list: ListName, actor: Actor, asked: Question) {
  const scope = inScope(list, scopeOf(actor), null)
  const query: ListQuery = {
    ...{ ...asked, q: fold(asked.q), sort: "name", descending: false, after: null, size: 50, asOf: null },
    today: dayIn("UTC", clockNow()),
    reader: actor.id,
  }
  const facets: Record<string, unknown> = {}
  for (const facet of indexedFacets(list)) facets[facet] = await facetCounts(tx, list, query, scope, facet)
  return { total: await listCount(tx, list, query, scope), facets }
}

/** The flow picture of what is asked, summed by the database row by row. */
async function flowsBySql(actor: Actor, asked: Question, by: "sharings" | "people"): Promise<Flows> {
  const query: ListQuery = {
    ...{ ...asked, q: fold(asked.q), sort: "name", descending: false, after: null, size: 50, asOf: null },
    ...{ today: dayIn("UTC", clockNow()), reader: actor.id },
  }
  const scope = inScope("sharings", scopeOf(actor), null)
  return pictureOf(await on.db.transaction((tx) => flowSumsOf(tx, query, scope, { by, widest: 12 })), 12)
}

/** The picture's lines in an order of their own. */
function sorted({ bands, named, mechanisms, ...rest }: Flows): unknown {
  const lines = (list: readonly unknown[]): string[] => list.map((one) => JSON.stringify(one)).sort()
  const drawn = bands.map(({ step, from, to, state, n, weight, routes }) => [step, from, to, state, n, weight, routes])
  return { ...rest, bands: lines(drawn), named: lines(named), mechanisms: lines(mechanisms) }
}

/** Filled as parties come: a filter by them is beside the index. */
const PARTIES: string[] = []
const QUESTIONS: Record<ListName, Question[]> = {
  parties: [
    { q: "", filters: {}, excluded: {} },
    { q: "", filters: { country: ["DE", "FR"] }, excluded: {} },
    { q: "", filters: { standing: ["approved"], kind: ["partner"] }, excluded: { country: ["IE"] } },
    { q: "new 1", filters: {}, excluded: { standing: ["ended"] } },
  ],
  sharings: [
    { q: "", filters: {}, excluded: {} },
    { q: "", filters: { coverage: ["covered", "expiring"], mode: ["entrust"] }, excluded: {} },
    { q: "", filters: { findings: ["blocking"] }, excluded: { destination: ["DE"] } },
    { q: "", filters: { destination: ["FR", "DE"], standing: ["discovered", "approved"] }, excluded: {} },
    { q: "", filters: { ground: ["no such ground"] }, excluded: { mechanism: ["none"] } },
    { q: "orders", filters: { mode: ["entrust"] }, excluded: {} },
    { q: "", filters: { party: PARTIES, mode: ["entrust"] }, excluded: {} },
    { q: "", filters: {}, excluded: { party: PARTIES } },
  ],
  agreements: [
    { q: "", filters: {}, excluded: {} },
    { q: "", filters: { state: ["in-effect", "expiring"] }, excluded: { known: ["stated"] } },
  ],
  others: [
    { q: "", filters: {}, excluded: {} },
    { q: "", filters: { record: ["assessment"] }, excluded: {} },
  ],
}

const random = randomFrom(SEED)
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
const parties: string[] = []
/** Flows that were found running and have no paper yet: a paper that comes later changes what the checks say of them. */
const without: { entityId: Id<"entity">; partyId: Id<"party">; sharingId: Id<"sharing"> }[] = []
const sharings: { id: string; entityId: string; partyId: string }[] = []

/** One random request in force: new parties with flows and paper, or a change or an ending of what is there. */
async function act(round: number): Promise<void> {
  const scene = sceneFor(on.db, cast.requester)
  const dice = random()
  if (parties.length > 2 && dice < 0.25) {
    const id = pick(parties)
    const op = dice < 0.07 ? ("end" as const) : ("change" as const)
    const body = typedParty({ legalName: `Changed ${round} Ltd`, country: known(pick(["DE", "FR", "IE"] as const)) })
    return void (await inForce(on.db, cast, `Change ${round}`, [{ kind: "party", op, recordId: id, body }]))
  }
  if (sharings.length > 2 && dice < 0.45) {
    const { id, ...between } = pick(sharings)
    const body = typedSharing(between as never, {
      title: `Orders again ${round}`,
      destinations: to(pick(["DE", "IE"])),
    })
    const op = dice < 0.32 ? ("end" as const) : ("change" as const)
    return void (await inForce(on.db, cast, `Flow ${round}`, [{ kind: "sharing", op, recordId: id, body }]))
  }
  if (dice < 0.6) return found(round)
  const bare = dice < 0.72 ? without.pop() : undefined
  if (bare) {
    const { sharingId, ...between } = bare
    const paper = typedAgreement(between, [sharingId], { title: `Paper ${round}` })
    return void (await inForce(on.db, cast, `Paper ${round}`, [{ kind: "agreement", body: { ...paper } }]))
  }
  const named = [cast.requester, cast.procurement, cast.legal, cast.dpo, cast.secondLegal]
  const restrictedTo = random() < 0.25 ? named.map((one) => one.id as Id<"person">) : null
  const [party, sharing] = [newId(scene, "party"), newId(scene, "sharing")]
  const between = { entityId: pick(entities) as Id<"entity">, partyId: party }
  const made: Proposed[] = [
    { kind: "party", recordId: party, body: typedParty({ legalName: `New ${round} Ltd`, restrictedTo }) },
    { kind: "sharing", recordId: sharing, body: typedSharing(between, { title: `Orders ${round}`, restrictedTo }) },
    { kind: "agreement", body: { ...typedAgreement(between, [sharing], { restrictedTo }) } },
    { kind: "assessment", body: { ...typedAssessment(party), restrictedTo } },
  ]
  await inForce(on.db, cast, `New ${round}`, made)
  if (restrictedTo) return
  parties.push(party)
  if (PARTIES.length < 2) PARTIES.push(party)
  sharings.push({ id: sharing, ...between })
}

const to = (country: "DE" | "IE") =>
  known([{ country, kind: "storage" as const, mechanisms: [], firstOn: null, lastOn: null }])

/** A flow that was found running: it enters with what it lacks. */
async function found(round: number): Promise<void> {
  if (parties.length === 0) return
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(await draftRequest(scene, { title: `Found ${round}`, kind: "discovered" }))
  const between = { entityId: pick(entities) as Id<"entity">, partyId: pick(parties) as Id<"party"> }
  const shared = random() < 0.3 ? { mode: "share" as const, grounds: [aGround("partner")] } : {}
  const sharingId = newId(scene, "sharing")
  const body = typedSharing(between, { title: `Found ${round}`, ...shared })
  if (!("mode" in shared)) without.push({ ...between, sharingId })
  const proposal = { requestId: draft.id, kind: "sharing", op: "create", recordId: sharingId, body }
  must(await saveProposal(scene, { ...proposal, discovered: true }))
  must(await submitRequest(scene, { requestId: draft.id }))
}

/** How the flows stood, and what was found of them, at instants of the story, as the register said it then. */
const then: { at: string; gaps: string[]; found: string[]; facets: unknown }[] = []
const NOW_AND_THEN = ["coverage", "findings"]

async function remembered(): Promise<void> {
  const head = await row<{ at: string }>(on.db, sql`select at from log_head`)
  const scene = sceneFor(on.db, readers["of all companies"] as Actor)
  const by = async (filters: Record<string, string[]>) =>
    must(await listRecords(scene, { list: "sharings", filters, size: 200 })).rows.map((one) => String(one.id))
  const page = must(await listRecords(scene, { list: "sharings", facets: NOW_AND_THEN, size: 200 }))
  const [gaps, found] = [await by({ coverage: ["gap"] }), await by({ findings: ["blocking"] })]
  then.push({ at: head?.at ?? "", gaps, found, facets: page.facets })
}

test(`after random acts every count of the index is what the database counts, for every reader (seed ${SEED})`, async () => {
  const today = dayIn("UTC", clockNow())
  for (let round = 0; round < 4; round += 1) await act(round)
  for (const list of NAMES) await makeFacets(on.db, list, today)
  for (let round = 4; round < ACTS; round += 1) {
    await act(round)
    if (round % 4 !== 3) continue
    await remembered()
    for (const list of NAMES)
      for (const [who, actor] of Object.entries(readers))
        for (const asked of QUESTIONS[list]) {
          const facets = indexedFacets(list).slice(0, 10)
          const page = must(await listRecords(sceneFor(on.db, actor), { list, ...asked, facets, size: 200 }))
          const sql = await on.db.transaction((tx) => bySql(tx, list, actor, asked))
          const what = `${round} ${list} ${who} ${JSON.stringify(asked)}`
          expect({ total: page.total, more: page.more }, what).toEqual({ total: sql.total, more: false })
          expect(page.rows.length, what).toBe(sql.total)
          for (const facet of facets) expect(page.facets[facet], `${what} ${facet}`).toEqual(sql.facets[facet])
          if (list !== "sharings") continue
          for (const by of ["sharings", "people"] as const) {
            const {
              today: _today,
              asOf: _asOf,
              names: _names,
              late,
              ...flows
            } = must(await readFlows(sceneFor(on.db, actor), { ...asked, by }))
            expect(late, what).toBe(false)
            expect(sorted(flows), `${what} by ${by}`).toEqual(sorted(await flowsBySql(actor, asked, by)))
          }
        }
  }
  const seen = async (who: string) =>
    must(await listRecords(sceneFor(on.db, readers[who] as Actor), { list: "parties" })).total
  expect(await seen("named in restricted records")).toBeGreaterThan(await seen("of all companies"))
  expect(await seen("of all companies")).toBeGreaterThan(await seen("supervising the second company"))
  // The index was there and followed: it did not leave the counting to the database.
  for (const list of NAMES) {
    const state = await on.db.transaction((tx) => facetIndex(tx, on.db, list, today))
    expect(state?.kept.at, list).toBe(state?.asked)
    expect(state?.kept.index.places.size, list).toBeGreaterThan(3)
  }
}, 240_000)

test("as of each of these instants cover and findings are counted and filtered by as they were then", async () => {
  expect(then.length).toBeGreaterThan(4)
  const scene = sceneFor(on.db, readers["of all companies"] as Actor)
  for (const { at, gaps, found, facets } of then) {
    const by = async (filters: Record<string, string[]>) =>
      must(await listRecords(scene, { list: "sharings", filters, size: 200, asOf: at })).rows
    const page = must(await listRecords(scene, { list: "sharings", facets: NOW_AND_THEN, size: 200, asOf: at }))
    expect(page.facets, at).toEqual(facets)
    const uncovered = await by({ coverage: ["gap"] })
    expect([at, uncovered.map((one) => one.id)]).toEqual([at, gaps])
    expect(uncovered.every((one) => one.coverageThen === "gap")).toBe(true)
    const blocked = await by({ findings: ["blocking"] })
    expect([at, blocked.map((one) => one.id)]).toEqual([at, found])
    expect(blocked.every((one) => one.foundOnDay === "blocking")).toBe(true)
  }
  // The story changes how flows stand and what is found: the instants do not all say the same.
  expect(new Set(then.map((one) => JSON.stringify(one.gaps))).size).toBeGreaterThan(1)
  expect(new Set(then.map((one) => JSON.stringify(one.found))).size).toBeGreaterThan(1)
}, 60_000)
