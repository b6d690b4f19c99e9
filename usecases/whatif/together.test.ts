import { afterAll, beforeAll, expect, test } from "vitest"
import { bodiesInForce, versionsInForce } from "@/db/statements/versions"
import { reachedSharings } from "@/db/statements/whatif"
import { factsOfSharing } from "@/domain/checks/facts"
import { makeRegister } from "@/domain/checks/register"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { AnyRecord } from "@/domain/records/kinds"
import { byOrder } from "@/domain/whatif/result"
import type { Scenario } from "@/domain/whatif/scenario"
import { mechanism } from "@/testing/covered"
import { aGround, OPEN, typedSharing } from "@/testing/flow"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { clockNow, newId } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { loadEntities } from "@/usecases/register/records"
import { loadAround, readAround } from "./load-around"
import { helpOut, workOutTogether, type Found, type Help, type PartOrder } from "./together"
import { reachOf, within } from "./work-out"

const FLOWS = 23
const scenario: Scenario = { kind: "loses-adequacy", regime: "EU", country: "JP", on: day("2026-03-01") }

let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const parties = await inForce(
    on.db,
    cast,
    "Parties",
    [0, 1, 2].map((i) => ({
      kind: "party" as const,
      body: typedParty({
        legalName: `Party ${i}`,
        conditions: [{ condition: "appi", evidence: { state: "blank" }, ...OPEN }],
      }),
    })),
  )
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(await draftRequest(scene, { title: "Found", kind: "discovered" }))
  for (let i = 0; i < FLOWS; i += 1) {
    const between = { entityId: cast.entityId as Id<"entity">, partyId: parties[i % 3] as Id<"party"> }
    const body = typedSharing(between, {
      ...{ title: `Flow ${i}`, mode: "share", role: known("controller"), peopleCount: known(i) },
      grounds: [aGround("statute", { citation: known("Art. 1") })],
      destinations: known([{ country: "JP", kind: "storage", mechanisms: [mechanism("adequacy")], ...OPEN }]),
    })
    must(
      await saveProposal(scene, {
        ...{ requestId: draft.id, op: "create", kind: "sharing", recordId: newId(scene, "sharing"), body },
        discovered: true,
      }),
    )
  }
  must(await submitRequest(scene, { requestId: draft.id }))
}, 60_000)
afterAll(() => on.drop())

/** The run by the help, with what of its progress was told. */
async function worked(help: Help | null, stopAt = Infinity): Promise<{ found: Found | null; told: number[] }> {
  const told: number[] = []
  const scope = scopeOf(cast.legal)
  const found = await on.db.transaction(
    async (tx) => {
      const { reach } = must(await reachOf(tx, scenario, scope, clockNow()))
      const ids = await reachedSharings(tx, reach, within(scope), null)
      const url = on.db.$client.options.connectionString ?? ""
      const progress = async (done: number): Promise<boolean> => told.push(done) < stopAt
      return workOutTogether(tx, { scenario, reach, scope, now: clockNow(), ids, url, batch: 2, progress }, help)
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
  return { found, told }
}

const sorted = (found: Found | null) => found && { ...found, lines: found.lines.sort(byOrder) }

test("a run that several share finds what one finds alone, and each has done some of it", async () => {
  const alone = await worked(null)
  expect(alone.found?.summary.candidates).toBe(FLOWS)
  expect(alone.found?.lines.length).toBeGreaterThan(0)
  const parts: (Found | null)[] = []
  const begin = async (order: PartOrder): Promise<Found | null> => {
    const part = await helpOut(order)
    parts.push(part)
    return part
  }
  const shared = await worked({ helpers: 2, from: 0, begin })
  expect(sorted(shared.found)).toEqual(sorted(alone.found))
  const theirs = parts.reduce((sum, part) => sum + (part?.summary.candidates ?? 0), 0)
  expect(parts).toHaveLength(2)
  expect(theirs).toBeGreaterThan(0)
  expect(theirs).toBeLessThan(FLOWS)
  expect(shared.told.every((done, i, all) => i === 0 || done > (all[i - 1] ?? 0))).toBe(true)
})

test("sharings come in parts, those of a party together, and around each stands what stands around it among all", async () => {
  await on.db.transaction(async (tx) => {
    const { reach } = must(await reachOf(tx, scenario, scopeOf(cast.legal), clockNow()))
    const ids = await reachedSharings(tx, reach, within(scopeOf(cast.legal)), null)
    const parts = await readAround(tx, ids, new Map())
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.flatMap((part) => part.sharings)).toEqual(ids)
    const all = await loadAround(tx, ids)
    const entities = await loadEntities(tx, [cast.entityId], null)
    const around = (records: readonly AnyRecord[], id: string) =>
      factsOfSharing(makeRegister(records, entities), id as Id<"sharing">)
    for (const part of parts) {
      const records = part.records()
      for (const id of part.sharings) {
        expect(around(records, id)).not.toBeNull()
        expect(around(records, id)).toEqual(around(all, id))
      }
    }
    const parties = parts.map((part) => new Set(part.sharings.map((id) => around(all, id)?.party.id)))
    expect(parties.reduce((sum, one) => sum + one.size, 0)).toBe(new Set(parties.flatMap((one) => [...one])).size)
    const plain = (await versionsInForce(tx, ids, null)).map(({ recordId, kind, n, standing, body }) => ({
      recordId,
      kind,
      n,
      standing,
      body,
    }))
    expect(await bodiesInForce(tx, [...ids, "shr_nobody"])).toEqual(plain)
    expect(await bodiesInForce(tx, ["shr_nobody"])).toEqual([])
  })
})

test("nobody is asked to help with little, and whoever fails leaves the work to us", async () => {
  const alone = sorted((await worked(null)).found)
  let asked = 0
  const fails = (): Promise<Found | null> => {
    asked += 1
    return Promise.reject(new Error("no room"))
  }
  expect(sorted((await worked({ helpers: 1, from: FLOWS + 1, begin: fails })).found)).toEqual(alone)
  expect(asked).toBe(0)
  expect(sorted((await worked({ helpers: 1, from: FLOWS, begin: fails })).found)).toEqual(alone)
  expect(asked).toBe(1)
})

test("a run that is stopped stops those who help", async () => {
  let part: Found | null | undefined
  const begin = async (order: PartOrder): Promise<Found | null> => (part = await helpOut(order))
  expect((await worked({ helpers: 1, from: 0, begin }, 1)).found).toBeNull()
  expect(part === null || (part?.summary.candidates ?? 0) < FLOWS).toBe(true)
})
