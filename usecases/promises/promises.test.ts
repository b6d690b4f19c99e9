import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { known } from "@/domain/core/answer"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/flow"
import { aPerson, anEntity, sceneFor } from "@/testing/people"
import { aCast, allAgree, must, submitted, type Cast } from "@/testing/requests"
import { listFindings } from "@/usecases/checks/list-findings"
import { readRecord } from "@/usecases/register/read-record"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId, type Actor, type Scene } from "@/usecases/scene"
import { readBoard } from "./read-board"
import { takeGap } from "./take-gap"

/** Every flow of these tests lacks its paper. */
const CLAUSE = "S-III.A-2"

let on: TestDatabase
let cast: Cast
let south: string
let ours: string
let theirs: string
const today = (): Day => dayIn("UTC", clockNow())
const as = (actor: Actor): Scene => sceneFor(on.db, actor)
const board = async (asked: Record<string, unknown> = {}, actor: Actor = cast.dpo) =>
  must(await readBoard(as(actor), { months: 0, ...asked }))
const lineOf = (page: Awaited<ReturnType<typeof board>>) => page.lines.find((line) => line.clause.id === CLAUSE)

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  south = await anEntity(on.db)
  ours = await found("North cloud", cast.entityId)
  theirs = await found("South cloud", south)
})
afterAll(() => on.drop())

/** A flow found running. */
async function found(name: string, entityId: string): Promise<string> {
  const scene = as(cast.requester)
  const draft = must(await draftRequest(scene, { title: name, kind: "discovered" }))
  const [party, id] = [newId(scene, "party"), newId(scene, "sharing")]
  const both = { requestId: draft.id, op: "create" as const, discovered: true }
  must(await saveProposal(scene, { ...both, kind: "party", recordId: party, body: typedParty({ legalName: name }) }))
  const runs = { startsOn: known(addDays(today(), -100)), endsOn: known(addDays(today(), 400)) }
  const body = typedSharing({ entityId: entityId as Id<"entity">, partyId: party }, runs)
  must(await saveProposal(scene, { ...both, kind: "sharing", recordId: id, body }))
  must(await submitRequest(scene, { requestId: draft.id }))
  return id
}

test("a clause is told by how many records, since when, by company, and leads to exactly those", async () => {
  expect(lineOf(await board())).toMatchObject({
    state: "not-evidenced",
    counts: { n: 2 },
    since: addDays(today(), -100),
  })
  for (const [entityId, sharing] of [
    [cast.entityId, ours],
    [south, theirs],
  ] as const) {
    expect(lineOf(await board({ entityId }))).toMatchObject({ counts: { n: 1 } })
    const list = must(await listFindings(as(cast.dpo), { filters: { clause: [CLAUSE], entity: [entityId] } }))
    expect(list.findings.map((one) => one.recordId)).toEqual([sharing])
  }
})

test("findings are counted and filtered by clause, company, kind of party, country, owner and age", async () => {
  const list = must(await listFindings(as(cast.dpo), {}))
  for (const facet of ["clause", "entity", "kind", "country", "owner", "age"] as const) {
    const [first] = list.counts?.facets[facet] ?? []
    if (!first) throw new Error(`nothing is counted by ${facet}`)
    const narrowed = must(await listFindings(as(cast.dpo), { filters: { [facet]: [first.value] }, size: 200 }))
    expect([facet, narrowed.findings.length]).toEqual([facet, first.n])
  }
})

test("whoever reads one company gets a board of that one alone", async () => {
  const lawyer = await aPerson(on.db, "Sue South", ["legal"], south)
  expect(lineOf(await board({}, lawyer))).toMatchObject({ counts: { n: 1 } })
  expect(await readBoard(as(lawyer), { entityId: cast.entityId, months: 0 })).toMatchObject({ code: "not-found" })
})

test("what somebody takes has them and their day; for others only who decides gives it, and nothing is due in the past", async () => {
  const asked = { recordId: ours, clause: CLAUSE, ownerId: cast.dpo.id, dueOn: addDays(today(), 14) }
  expect(await takeGap(as(cast.requester), asked)).toMatchObject({ says: "not-allowed.take-for-others" })
  const past = { ...asked, dueOn: addDays(today(), -1) }
  expect(await takeGap(as(cast.legal), past)).toMatchObject({ fields: [{ path: "dueOn", says: "invalid.take-past" }] })
  expect(await takeGap(as(cast.legal), { ...asked, dueOn: null })).toMatchObject({ fields: [{ path: "dueOn" }] })
  expect(await takeGap(as(cast.legal), { ...asked, clause: "S-I.A-4" })).toMatchObject({
    says: "conflict.nothing-to-take",
  })
  must(await takeGap(as(cast.legal), asked))
  expect(lineOf(await board())).toMatchObject({ taken: 1 })
  expect(await rows(on.db, sql`select owner_id as owner, due_on::text as due from takes`)).toEqual([
    { owner: cast.dpo.id, due: asked.dueOn },
  ])
})

test("it ends by an approved request, not by a tick: taken, it is as wanting as before, and the past says what it said", async () => {
  expect(lineOf(await board())).toMatchObject({ state: "not-evidenced", counts: { n: 2 } })
  const shown = (await board()).lines.map(({ clause, state, counts }) => [clause.id, state, counts])
  const then = clockNow()
  const { record } = must(await readRecord(as(cast.dpo), { id: ours }))
  if (record.kind !== "sharing") throw new Error("it is a flow")
  const ending = await submitted(on.db, cast, "It ends", [
    { kind: "sharing", op: "end", recordId: ours, body: { ...record.body, endsOn: known(addDays(today(), -1)) } },
  ])
  must(await allAgree(on.db, cast, ending))
  expect(lineOf(await board())).toMatchObject({ counts: { n: 1 } })
  const again = { recordId: ours, clause: CLAUSE, ownerId: cast.dpo.id, dueOn: addDays(today(), 7) }
  expect(await takeGap(as(cast.dpo), again)).toMatchObject({ says: "conflict.nothing-to-take" })
  const past = await board({ asOf: then })
  expect(past.lines.map(({ clause, state, counts }) => [clause.id, state, counts])).toEqual(shown)
})
