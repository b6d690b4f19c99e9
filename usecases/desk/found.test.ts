import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { known, NOT_APPLICABLE } from "@/domain/core/answer"
import { addDays, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aGround, typedDemand, typedSharing } from "@/testing/flow"
import { aPerson, anEntity, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { takeGap } from "@/usecases/promises/take-gap"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { remind } from "@/usecases/told/remind"
import { readInbox } from "@/usecases/told/inbox"
import { flowsTo } from "@/db/statements/intake-finds"
import { judgeWaiting } from "@/usecases/checks/judge-again"
import { listFindings } from "@/usecases/checks/list-findings"
import { readPartyCoverage } from "@/usecases/coverage/read-party-coverage"
import { listRecords } from "@/usecases/register/list-records"
import { clockNow, newId, type Actor } from "@/usecases/scene"
import { listFound } from "./list-found"

let on: TestDatabase
let cast: Cast
let partyId: string
const today = dayIn("Europe/Berlin", clockNow())

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  partyId = (await inForce(on.db, cast, "Party", [{ kind: "party", body: typedParty() }]))[0] ?? ""
})
afterAll(() => on.drop())

const scene = (who: Actor = cast.legal) => sceneFor(on.db, who)

async function found(
  title: string,
  dueOn: string,
  more: { owner?: string; entityId?: string; restricted?: boolean } = {},
) {
  const requester = scene(cast.requester)
  const draft = must(await draftRequest(requester, { title, kind: "discovered" }))
  const between = { entityId: (more.entityId ?? cast.entityId) as Id<"entity">, partyId: partyId as Id<"party"> }
  const body = typedSharing(between, {
    ...{ title, dueOn: known(dueOn as typeof today), endsOn: NOT_APPLICABLE, foundHow: known("Seen in a bill.") },
    ...(more.owner ? { owner: known(more.owner) } : {}),
    restrictedTo: more.restricted ? [cast.requester.id as Id<"person">] : null,
  })
  const saved = must(
    await saveProposal(requester, { requestId: draft.id, kind: "sharing", op: "create", body, discovered: true }),
  )
  must(await submitRequest(requester, { requestId: draft.id }))
  return saved.recordId
}

test("what was found running stands on a desk of its own, the longest on record first, overdue marked and counted", async () => {
  const first = await found("First", addDays(today, 20), { owner: "Olga Owner" })
  const second = await found("Second", addDays(today, -2))
  const secret = await found("Secret", addDays(today, -2), { restricted: true })
  const other = await anEntity(on.db)
  await found("Elsewhere", addDays(today, 5), { entityId: other })
  const page = must(await listFound(scene(), {}))
  expect(page.rows.map((row) => [row.title, row.when, row.person])).toEqual([
    ["First", "next-30", "Olga Owner"],
    ["Second", "overdue", "Rita Request"],
    ["Elsewhere", "next-30", "Rita Request"],
  ])
  expect([page.total, page.overdue]).toEqual([3, 1])
  expect(page.rows[0]?.sinceOn).toBe(dayIn("UTC", clockNow()))
  expect(must(await listFound(scene(cast.requester), {})).rows.map((row) => row.recordId)).toContain(secret)
  const few = await aPerson(on.db, "Lars Few", ["legal"], cast.entityId)
  expect(must(await listFound(scene(few), {})).rows.map((row) => row.title)).toEqual(["First", "Second"])
  const late = must(await listFound(scene(), { filters: { when: ["overdue"] } }))
  expect(late.rows.map((row) => row.recordId)).toEqual([second])

  const take = (who: Actor, over: object) => takeGap(scene(who), { recordId: second, clause: "found-running", ...over })
  must(await take(cast.dpo, { ownerId: cast.dpo.id, dueOn: today }))
  const taken = must(await listFound(scene(), {})).rows.find((row) => row.recordId === second)
  expect(taken).toMatchObject({ person: "Dora Protect", ownerId: cast.dpo.id, dueOn: today, when: "next-30" })
  expect(must(await readInbox(scene(cast.dpo), {})).gaps.map((gap) => gap.clause)).toEqual(["found-running"])
  await remind({ db: on.db, now: clockNow() })
  // Whoever took it is reminded, and whoever recorded it no more.
  const told = async (who: Actor) => must(await readInbox(scene(who), {})).told.filter((one) => one.kind === "due")
  expect((await told(cast.dpo)).map((one) => [one.recordId, one.clause])).toEqual([[second, "found-running"]])
  expect((await told(cast.requester)).map((one) => one.recordId)).not.toContain(second)
  must(await take(cast.dpo, {}))
  expect(must(await readInbox(scene(cast.dpo), {})).gaps).toEqual([])

  // A filter on what is overdue goes page by page as well.
  const pages = must(await listFound(scene(), { size: 25, after: `${page.rows[0]?.sinceOn}~${first}~dueOn` }))
  expect(pages.rows.map((row) => row.recordId)).not.toContain(first)
}, 120_000)

test("what was found running runs since a day that can be, by whichever way it is recorded", async () => {
  const requester = scene(cast.requester)
  const since = async (startsOn: string) => {
    const draft = must(await draftRequest(requester, { title: "Since", kind: "discovered" }))
    const between = { entityId: cast.entityId as Id<"entity">, partyId: partyId as Id<"party"> }
    const body = typedSharing(between, { startsOn: known(startsOn as typeof today), endsOn: NOT_APPLICABLE })
    const flow = { kind: "sharing", op: "create", body, discovered: true }
    must(await saveProposal(requester, { requestId: draft.id, ...flow }))
    const outcome = await submitRequest(requester, { requestId: draft.id })
    return outcome.ok ? "recorded" : outcome.fields?.[0]?.says
  }
  expect(await since("1994-12-31")).toBe("invalid.found-early")
  expect(await since(addDays(today, 1))).toBe("invalid.intake-after-today")
  expect(await since("1995-01-01")).toBe("recorded")
}, 60_000)

test("what runs because an authority demands it says so in every list, and nothing else does", async () => {
  const requester = scene(cast.requester)
  const draft = must(await draftRequest(requester, { title: "Demanded", kind: "discovered" }))
  const between = { entityId: cast.entityId as Id<"entity">, partyId: partyId as Id<"party"> }
  const demandId = newId(requester, "demand")
  const add = (kind: string, recordId: string, body: object) =>
    saveProposal(requester, { requestId: draft.id, kind, op: "create", recordId, body, discovered: kind === "sharing" })
  must(await add("demand", demandId, typedDemand(between)))
  for (const statuteKind of ["authority", "dispute"] as const) {
    const grounds = [aGround("statute", { demandId, statuteKind: known(statuteKind) })]
    const over = { title: `By ${statuteKind}`, grounds, endsOn: NOT_APPLICABLE }
    must(await add("sharing", newId(requester, "sharing"), typedSharing(between, over)))
  }
  must(await submitRequest(requester, { requestId: draft.id }))
  await judgeWaiting({ db: on.db, now: clockNow() })
  const lists = {
    found: must(await listFound(scene(), { size: 200 })).rows,
    sharings: must(await listRecords(scene(), { list: "sharings", size: 200 })).rows as { title: string }[],
    coverage: must(await readPartyCoverage(scene(), { id: partyId })).lines,
    findings: must(await listFindings(scene(), { severity: "blocking" })).findings,
    intake: await on.db.transaction((tx) => flowsTo(tx, [partyId], { scope: sql`true`, party: sql`true`, limit: 200 })),
  }
  for (const [name, rows] of Object.entries(lists)) {
    const said = rows as readonly { title: string; underDemand?: boolean }[]
    expect([name, [...new Set(said.flatMap((one) => (one.underDemand ? [one.title] : [])))]]).toEqual([
      name,
      ["By authority"],
    ])
    expect([name, said.some((one) => one.title === "By dispute")]).toEqual([name, true])
  }
}, 60_000)

test("what nobody found running is taken by nobody under that word", async () => {
  const outcome = await takeGap(scene(cast.dpo), {
    ...{ recordId: partyId, clause: "found-running", ownerId: cast.dpo.id, dueOn: today },
  })
  expect(outcome).toMatchObject({ ok: false, says: "conflict.nothing-to-take" })
})
