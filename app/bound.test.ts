import { unlinkSync, readFileSync } from "node:fs"
import { strFromU8, unzipSync } from "fflate"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { BOUND_TABLES } from "@/db/bound-views"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { mayAct, PERMISSIONS, type ActName } from "@/domain/people/permissions"
import type { Sharing } from "@/domain/records/sharing"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { typedAgreement, typedConsent, typedDemand, typedSharing } from "@/testing/flow"
import { actorById, anEntity, aPerson, firstAdministrator, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { giveRole } from "@/usecases/people/grant-roles"
import { makeToken } from "@/usecases/people/sessions"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import type { Actor } from "@/usecases/scene"

type Call = { (scene: unknown, input: unknown): Promise<{ ok: boolean; value?: unknown }>; actName?: string }
type Door = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>

let on: TestDatabase
let cast: Cast
let elsewhere: Id<"entity">
let supervisor: Actor
let inside: Record<string, string>
let outside: string[] = []
const looks: { where: string; call: Call }[] = []
const doors: { path: string; open: Door }[] = []

const BOUND = { kinds: ["party", "sharing", "agreement"], firstOn: "2026-01-01", lastOn: "2099-12-31" }

async function found(title: string, body: Sharing): Promise<string> {
  const scene = sceneFor(on.db, cast.requester)
  const draft = must(await draftRequest(scene, { title, kind: "discovered" }))
  const proposal = { requestId: draft.id, kind: "sharing", op: "create", discovered: true, body }
  const { recordId } = must(await saveProposal(scene, proposal))
  must(await submitRequest(scene, { requestId: draft.id }))
  return recordId
}

beforeAll(async () => {
  on = await aDatabase()
  openDoors(on)
  cast = await aCast(on.db)
  elsewhere = await anEntity(on.db)
  const administrator = await aPerson(on.db, "Ada Min", ["administrator"])
  const person = await aPerson(on.db, "Sven Supervisor", [])
  const given = { personId: person.id, role: "supervisor", entityId: cast.entityId, lastDay: "2099-06-30", ...BOUND }
  must(await giveRole(sceneFor(on.db, administrator), given))
  supervisor = await actorById(on.db, person.id)
  const [party] = (await inForce(on.db, cast, "Open", [
    { kind: "party", body: typedParty({ legalName: "Open Ltd" }) },
  ])) as [string]
  const between = { entityId: cast.entityId, partyId: party as Id<"party"> }
  const sharing = await found("Plain find", typedSharing(between as never, { title: "A plain flow" }))
  const [agreement] = (await inForce(on.db, cast, "Plain papers", [
    { kind: "agreement", body: typedAgreement(between as never, [], { title: "A plain paper" }) },
  ])) as [string]
  inside = { party, sharing, agreement }
  const uses = import.meta.glob<Record<string, unknown>>("../usecases/**/*.ts")
  for (const [file, load] of Object.entries(uses).sort()) {
    if (file.endsWith(".test.ts")) continue
    for (const [name, call] of Object.entries(await load()))
      if (typeof call === "function" && "actName" in call) looks.push({ where: `${file}: ${name}`, call: call as Call })
  }
  const gets = import.meta.glob<{ GET?: Door }>("./api/v1/**/route.ts")
  for (const [file, load] of Object.entries(gets).sort()) {
    const open = (await load()).GET
    if (open) doors.push({ path: file.slice(1).replace(/\/route\.ts$/, ""), open })
  }
}, 60_000)
afterAll(async () => {
  await shutDoors()
  await on.drop()
})

/** What lies outside: by company, by kind, by period; each bears the word that nothing may say. */
async function canaries(): Promise<void> {
  const ids = await inForce(on.db, cast, "Canary request", [
    { kind: "party", body: typedParty({ legalName: "Canary Holding", country: known("SG") } as never) },
  ])
  const canary = ids[0] as Id<"party">
  const there = { entityId: elsewhere, partyId: inside.party as Id<"party"> }
  const here = { entityId: cast.entityId as Id<"entity">, partyId: canary }
  const old = { startsOn: known(day("2019-01-01")), endsOn: known(day("2019-12-31")) }
  outside = [
    ...ids,
    await found("Canary elsewhere", typedSharing(there, { title: "Canary by company" })),
    await found("Canary of old", typedSharing(here, { title: "Canary by period", ...old })),
    ...(await inForce(on.db, cast, "Canary papers", [
      {
        kind: "consent",
        body: typedConsent(cast.entityId as Id<"entity">, { title: "Canary by kind", parties: known([canary]) }),
      },
      { kind: "demand", body: typedDemand(here, { title: "Canary demand" }) },
      {
        kind: "agreement",
        body: typedAgreement({ ...here }, [], {
          title: "Canary paper of old",
          effectOn: known(day("2018-01-01")),
          endsOn: known(day("2018-12-31")),
        }),
      },
    ])),
  ]
  const requests = await rows<{ id: string }>(on.db, sql`select id from requests where title like 'Canary%'`)
  outside.push(...requests.map((one) => one.id))
}

const LISTED = ["parties", "sharings", "agreements", "others"]
function inputs(ids: readonly string[]): object[] {
  const one = ids.flatMap((id) => [
    { id },
    { id, asOf: null, on: null },
    { recordId: id },
    { requestId: id },
    { partyId: id },
    { sharingId: id },
    { agreementId: id },
    { object: id },
    { ids: [id] },
    { recordIds: [id] },
  ])
  return [
    {},
    { q: "canary" },
    { facets: true },
    { asOf: null },
    ...LISTED.map((list) => ({ list, facets: ["kind", "standing", "country", "entity", "coverage"] })),
    ...LISTED.map((list) => ({ list, q: "canary", facets: ["kind"] })),
    { list: "parties", filters: { country: ["SG"] } },
    { entityId: cast.entityId },
    { entityId: elsewhere },
    { severity: null, facets: true },
    { size: 200 },
    ...one,
  ]
}

/** What a walk over every look heard: by look and input. Instants and what counts the log itself are left out. */
async function walk(ids: readonly string[]): Promise<Map<string, string>> {
  const heard = new Map<string, string>()
  for (const { where, call } of looks) {
    const rule: { roles?: readonly string[] } = PERMISSIONS[call.actName as ActName] ?? {}
    if (!rule.roles?.includes("supervisor") || /token|session|password|account|identity/.test(call.actName ?? ""))
      continue
    for (const input of inputs(ids)) {
      const outcome = await call(sceneFor(on.db, supervisor), input).catch((problem: unknown) => {
        throw new Error(
          `${where} ${JSON.stringify(input)}: ${String(problem)} ${String((problem as Error).cause ?? "")}`,
        )
      })
      const value = outcome.ok ? (outcome.value as { path?: string; sha256?: string } | undefined) : undefined
      if (call.actName === "export.make" && value?.path) {
        const files = Object.entries(unzipSync(readFileSync(value.path)))
        unlinkSync(value.path)
        const records = files.filter(([name]) => /^(records|json|csv|requests|decisions)/.test(name))
        heard.set(`${where} files`, JSON.stringify(records.map(([name, bytes]) => [name, strFromU8(bytes)])))
        for (const [name, bytes] of files) heard.set(`${where} ${name} in it`, strFromU8(bytes))
      } else heard.set(`${where} ${JSON.stringify(input)}`, JSON.stringify(outcome))
    }
  }
  return heard
}

const plain = (text: string): string => text.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "T").replace(/no":\d+/g, "no")

describe("a supervisor who is bound to kinds and a period", () => {
  test("hears nothing of what lies outside, in whatever way they ask, and every answer is as if it were not there", async () => {
    const before = await walk(Object.values(inside))
    expect([...before.values()].filter((text) => text.includes("A plain flow")).length).toBeGreaterThan(5)
    await canaries()
    const after = await walk(Object.values(inside))
    const leaks = [...after].filter(
      ([, text]) => /canary/i.test(text.replace(/"q":"canary"/g, "")) || outside.some((id) => text.includes(id)),
    )
    expect(leaks.map(([where, text]) => [where, text.slice(0, 600)])).toEqual([])
    const told = [...after].filter(([where]) => !/log\/|audit\/| in it$|exports|entities|people|witness/.test(where))
    const differ = told.filter(([where, text]) => plain(before.get(where) ?? "") !== plain(text))
    expect(differ.map(([where, text]) => [where, before.get(where)?.slice(0, 900), text.slice(0, 900)])).toEqual([])
    const straight = await walk(outside)
    const named = [...straight].filter(
      ([where, text]) =>
        /canary/i.test(text.replaceAll("canary", "")) ||
        outside.some((id) => text.includes(id) && !where.includes("nothing")),
    )
    expect(named.map(([where, text]) => [where, text.slice(0, 600)])).toEqual([])
  }, 60_000)

  test("nor at any door", async () => {
    const { token } = must(await makeToken(sceneFor(on.db, supervisor), { label: "machine", days: 1 }))
    const headers = { authorization: `Bearer ${token}` }
    let heard = 0
    for (const { path, open } of doors)
      for (const id of [...outside, ...LISTED.flatMap((list) => [`${list}.csv`, `${list}.json`])]) {
        const at = path.replace(/\[[^\]]+\]/g, id)
        const params = Promise.resolve({ id, recordId: id, list: id, index: "0", path: ["0", "000"], link: id })
        const answer = await open(new Request(`${OURS}${at}?q=&size=200`, { headers }), { params })
        const text = await answer.text()
        if (answer.ok) heard += 1
        expect([at, /canary/i.test(text), outside.some((one) => text.includes(one))]).toEqual([at, false, false])
      }
    expect(heard).toBeGreaterThan(10)
  }, 60_000)
})
