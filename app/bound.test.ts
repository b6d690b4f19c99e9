import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { strFromU8, unzipSync } from "fflate"
import { rows } from "@/db/connect"
import { BOUND_TABLES } from "@/db/bound-views"
import { heldRoles } from "@/db/statements/people"
import type { Instant } from "@/domain/core/instant"
import type { Id } from "@/domain/core/id"
import { PERMISSIONS, type ActName } from "@/domain/people/permissions"
import { typedParty } from "@/testing/bodies"
import { canaries, found } from "@/testing/canaries"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { exported, testSigner } from "@/testing/log-key"
import { opened } from "@/testing/opened"
import { openDoors, OURS, shutDoors } from "@/testing/doors"
import { byId, firstOfEach, LISTED, overall, SHUT, SILENT } from "@/testing/bound-asks"
import { typedAgreement, typedSharing } from "@/testing/flow"
import { actorById, anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { fileOfLooks, listLooks } from "@/usecases/audit/list-looks"
import { exportLog } from "@/usecases/audit/export-log"
import { findAbout } from "@/usecases/audit/find-about"
import { readEvent } from "@/usecases/audit/read-event"
import { readLog, type LogPage } from "@/usecases/audit/read-log"
import { orderExport } from "@/usecases/exports/ordered"
import { signHead } from "@/usecases/log/checkpoint"
import { listRecords } from "@/usecases/register/list-records"
import { listScenarios } from "@/usecases/whatif/saved"
import { giveRole } from "@/usecases/people/grant-roles"
import { makeToken } from "@/usecases/people/sessions"
import { draftRequest } from "@/usecases/requests/draft-request"
import { readChanges } from "@/usecases/visits/read-changes"
import { readVisitorsHome } from "@/usecases/visits/read-home"
import type { Actor } from "@/usecases/scene"

/**
 * Tables that a bound reader reads as they are: people and what is private to one of them, rules and texts of clauses, files by their
 * ids (whoever reads one is asked for its record), the log (its lines are told apart one by one), its keys and what was erased of it (asked
 * for by commitments), packages (their maker's alone), and what no supervisor may ask for.
 * A new table goes into db/bound-views.ts where it holds anything of records, and else here.
 */
const UNBOUND =
  "absences answer_keepings bulk_decisions bulk_lines calendar_links delegations derived_by disclosures erased erasure_decisions erasures escalations exports file_blobs file_bytes file_chunks file_drops file_rescan file_scanner file_scrubs file_texts files hold_ends holds identities inquiries inquiry_questions inquiry_releases kept links log_checkpoints log_cosignatures log_head log_key_decisions log_key_turns log_keys log_leaves log_nodes log_objects log_postings log_witness_ends log_witnesses logout_tokens mails people refusals request_looks role_grants scenario_lines scenario_runs scenarios sessions sign_on_rules signature_asks signature_results signature_walk stage_rule_decisions stage_rules tallies tellings template_decisions templates throttles to_judge tokens told_ways trust_list_decisions trust_list_files trust_lists views work_calendars".split(
    " ",
  )

type Call = { (scene: unknown, input: unknown): Promise<{ ok: boolean; value?: unknown }>; actName?: string }
type Door = (request: Request, context: { params: Promise<Record<string, unknown>> }) => Promise<Response>

let on: TestDatabase
let cast: Cast
let elsewhere: Id<"entity">
let supervisor: Actor
let administrator: Actor
let inside: Record<string, string>
let outside: string[] = []
const looks: { where: string; call: Call }[] = []
const doors: { path: string; open: Door }[] = []

const BOUND = { kinds: ["party", "sharing", "agreement"], firstOn: "2026-01-01", lastOn: "2099-12-31" }

beforeAll(async () => {
  on = await aDatabase()
  openDoors(on)
  cast = await aCast(on.db)
  elsewhere = await anEntity(on.db)
  administrator = await aPerson(on.db, "Ada Min", ["administrator"])
  const person = await aPerson(on.db, "Sven Supervisor", [])
  const given = { personId: person.id, role: "supervisor", entityId: cast.entityId, lastDay: "2099-06-30", ...BOUND }
  must(await giveRole(sceneFor(on.db, administrator), given))
  supervisor = await actorById(on.db, person.id)
  const [party] = (await inForce(on.db, cast, "Open", [
    { kind: "party", body: typedParty({ legalName: "Open Ltd" }) },
  ])) as [string]
  const between = { entityId: cast.entityId, partyId: party as Id<"party"> }
  const sharing = await found(on.db, cast, "Plain find", typedSharing(between as never, { title: "A plain flow" }))
  const [agreement] = (await inForce(on.db, cast, "Plain papers", [
    { kind: "agreement", body: typedAgreement(between as never, [], { title: "A plain paper" }) },
  ])) as [string]
  const [brought] = await rows<{ id: string }>(on.db, sql`select id from requests where title = 'Plain papers'`)
  inside = { party, sharing, agreement, request: brought?.id ?? "" }
  const uses = import.meta.glob<Record<string, unknown>>("../usecases/**/*.ts")
  for (const [file, load] of Object.entries(uses).sort()) {
    if (file.endsWith(".test.ts")) continue
    for (const [name, call] of Object.entries(await load()))
      if (typeof call === "function" && "actName" in call) looks.push({ where: `${file}: ${name}`, call: call as Call })
  }
  looks.push({ where: "a package", call: Object.assign(exported as Call, { actName: "export.make" }) })
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

/** What a walk over every look heard: by look and input. Instants and what counts the log itself are left out. */
async function walk(asked: readonly object[]): Promise<Map<string, string>> {
  const heard = new Map<string, string>()
  for (const { where, call } of looks) {
    const rule: { roles?: readonly string[] } = PERMISSIONS[call.actName as ActName] ?? {}
    if (!rule.roles?.includes("supervisor") || /token|session|password|account|identity/.test(call.actName ?? ""))
      continue
    for (const input of asked) {
      const outcome = await call(sceneFor(on.db, supervisor), input).catch((problem: unknown) => {
        throw new Error(
          `${where} ${JSON.stringify(input)}: ${String(problem)} ${String((problem as Error).cause ?? "")}`,
        )
      })
      const value = outcome.ok ? (outcome.value as { path?: string; sha256?: string } | undefined) : undefined
      if (call.actName === "export.make" && value?.path) {
        const files = opened(value.path)
        const records = files.filter(([name]) => /^(records|json|csv|requests|decisions|learnt|files)/.test(name))
        heard.set(`${where}: its records`, JSON.stringify(records))
        for (const [name, text] of files) heard.set(`${where} ${name} in it`, text)
      } else heard.set(`${where} ${JSON.stringify(input)}`, JSON.stringify(outcome))
    }
  }
  return heard
}

/** What a file says; a workbook is a zip of its sheets. */
const wordsOf = (bytes: Uint8Array): string =>
  strFromU8(bytes.subarray(0, 2)) === "PK"
    ? Object.values(unzipSync(bytes))
        .map((one) => strFromU8(one))
        .join("")
    : strFromU8(bytes)

const plain = (text: string): string =>
  text.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, "T").replace(/"(no|signed)":\d+/g, "$1")

describe("a supervisor who is bound to kinds and a period", () => {
  test("hears nothing of what lies outside, in whatever way they ask, and every answer is as if it were not there", async () => {
    const ours = [...overall(cast.entityId, elsewhere), ...byId(Object.values(inside))]
    const before = await walk(ours)
    expect([...before.values()].filter((text) => text.includes("A plain flow")).length).toBeGreaterThan(5)
    expect(before.get("a package: its records")).toContain("A plain flow")
    outside = await canaries(on.db, cast, { party: inside.party ?? "", elsewhere })
    const after = await walk(ours)
    const leaks = [...after].filter(
      ([, text]) => /canary/i.test(text.replace(/"q":"canary"/g, "")) || outside.some((id) => text.includes(id)),
    )
    expect(leaks.map(([where, text]) => [where, text.slice(0, 600)])).toEqual([])
    const told = [...after].filter(([where]) => !/log\/|audit\/| in it$|exports|entities|people|witness/.test(where))
    const differ = told.filter(([where, text]) => plain(before.get(where) ?? "") !== plain(text))
    expect(differ.map(([where, text]) => [where, before.get(where)?.slice(0, 900), text.slice(0, 900)])).toEqual([])
    const straight = await walk(byId(firstOfEach(outside)))
    const named = [...straight].filter(([, text]) => /canary/i.test(text) || outside.some((id) => text.includes(id)))
    expect(named.map(([where, text]) => [where, text.slice(0, 600)])).toEqual([])
    const ok = new Set([...before].flatMap(([key, text]) => (text.startsWith('{"ok":true') ? key.split(" ")[1] : [])))
    const silent = new Set(
      [...before.keys()]
        .filter((key) => key.startsWith("../usecases/"))
        .flatMap((key) => key.split(" ")[1] ?? [])
        .filter((name) => !ok.has(name)),
    )
    expect([...silent].sort()).toEqual(Object.keys(SILENT).sort())
  }, 60_000)

  test("nor at any door", async () => {
    const { token } = must(await makeToken(sceneFor(on.db, supervisor), { label: "machine", days: 1 }))
    const headers = { authorization: `Bearer ${token}` }
    must(await signHead(sceneFor(on.db, cast.dpo), await testSigner(on.db)))
    const taken = must(await orderExport(sceneFor(on.db, supervisor), {})).id
    const ids = [...firstOfEach(outside), ...Object.values(inside), taken]
    const lists = LISTED.flatMap((list) => [`${list}.csv`, `${list}.json`])
    const answers = ["recipients", "sample", "roles", "refused", "withdrawn", "story"].map((one) => `${one}.csv`)
    const asks: Record<string, string> = {
      "/api/v1/audit/answers/[answer]": `party=${inside.party}`,
      "/api/v1/exports/article-30": `entity=${cast.entityId}`,
      "/api/v1/log/growth": "since=1",
      "/api/v1/looks": `person=${supervisor.id}`,
    }
    const opened = new Set<string>()
    const tables = new Map<string, string>()
    for (const { path, open } of doors)
      // A door without a place in its address says the same whatever id is held: it is opened once.
      for (const id of path.includes("[list]")
        ? lists
        : path.includes("[answer]")
          ? answers
          : path.includes("[id]")
            ? ids
            : ids.slice(0, 1)) {
        const at = path.replace(/\[[^\]]+\]/g, id)
        const of = { list: id, index: "0", path: ["0", "000"], link: id, answer: id }
        const params = Promise.resolve({ id, recordId: id, ...of })
        const query = asks[path] ?? "q=&size=200"
        const answer = await open(new Request(`${OURS}${at}?${query}`, { headers }), { params })
        const text = wordsOf(new Uint8Array(await answer.arrayBuffer()))
        if (answer.ok) opened.add(path)
        if (answer.ok && answer.headers.get("content-type")?.startsWith("text/csv")) tables.set(at, text)
        expect([at, /canary/i.test(text), outside.some((one) => text.includes(one))]).toEqual([at, false, false])
      }
    expect(
      doors
        .map((one) => one.path)
        .filter((path) => !opened.has(path))
        .sort(),
    ).toEqual(Object.keys(SHUT).sort())
    // Every table says in each line who took it.
    for (const [at, text] of tables) {
      const [head, ...lines] = text.trimEnd().split("\r\n")
      expect([at, head?.endsWith(",taken by")]).toEqual([at, true])
      expect([at, lines.filter((line) => !/Sven Supervisor \(Supervisor\) on .*"$/i.test(line)).slice(0, 1)]).toEqual([
        at,
        [],
      ])
    }
    expect([...tables.keys()]).toEqual(expect.arrayContaining(["/api/v1/log/events.csv", "/api/v1/requests.csv"]))
  }, 60_000)

  test("learns by no filter of the log, and by no place to go on from, what happened outside", async () => {
    const scene = sceneFor(on.db, supervisor)
    for (const id of outside)
      for (const asked of [{ object: id }, { request: id }])
        for (const place of [{}, { before: 100_000 }, { after: -1 }])
          expect(must(await readLog(scene, { ...asked, ...place, size: 1 }))).toMatchObject({
            ...{ lines: [], next: null, newer: null },
          })
    const told = must(await readLog(scene, { actor: cast.requester.id, size: 200 })).lines.map((line) => line.index)
    const paged: number[] = []
    for (let before: number | null = null; ;) {
      const page: LogPage = must(await readLog(scene, { actor: cast.requester.id, before, size: 2 }))
      paged.push(...page.lines.map((line) => line.index))
      if (page.next === null) break
      expect(told).toContain(page.next)
      before = page.next
    }
    expect(paged).toEqual(told)
    const found = must(await findAbout(scene, { record: "canary", request: "canary" }))
    expect(found).toEqual([])
    const { id } = must(await draftRequest(sceneFor(on.db, cast.requester), { title: "Nobody knows this yet" }))
    const [draft] = await rows<{ no: number }>(on.db, sql`select no from requests where id = ${id}`)
    const lawyer = sceneFor(on.db, cast.legal)
    for (const request of ["nobody knows", `R-${draft?.no}`])
      expect(must(await findAbout(lawyer, { request }))).toEqual([])
  })

  test("is refused instants outside the period in a sentence, and what works on the whole register", async () => {
    const scene = sceneFor(on.db, supervisor)
    const said = (asOf: string) => listRecords(scene, { list: "parties", asOf })
    expect(await said("2025-12-31T12:00:00.000Z")).toMatchObject({ ok: false, says: "not-allowed.outside-period" })
    expect(await said("2026-01-02T12:00:00.000Z")).toMatchObject({ ok: true })
    expect(await listScenarios(scene, {})).toMatchObject({ ok: false, says: "not-allowed.bound" })
  })

  test("keeps kinds of one grant apart from the company of another", async () => {
    const person = await aPerson(on.db, "Una Union", [])
    const give = (over: object) =>
      giveRole(sceneFor(on.db, administrator), {
        ...{ personId: person.id, role: "supervisor", lastDay: "2099-12-31" },
        ...over,
      })
    expect(await give({ entityId: cast.entityId, lastDay: null })).toMatchObject({
      ok: false,
      fields: [{ path: "lastDay", says: "invalid.visit-end" }],
    })
    must(await give({ entityId: cast.entityId, kinds: ["agreement"] }))
    must(await give({ entityId: elsewhere, kinds: ["sharing", "party"] }))
    const scene = sceneFor(on.db, await actorById(on.db, person.id))
    const titles = async (list: string) => must(await listRecords(scene, { list })).rows.map((row) => row.title)
    expect(await titles("sharings")).toEqual(["Canary by company"])
    expect(await titles("agreements")).toEqual(["Canary paper of old", "A plain paper"].sort())
    expect(await titles("parties")).toEqual(["Open Ltd"])
    // Whoever reads parties alone sees no flow, and the party of it all the same.
    const alone = await aPerson(on.db, "Paula Party", [])
    must(await give({ personId: alone.id, entityId: elsewhere, kinds: ["party"] }))
    const hers = must(await listRecords(sceneFor(on.db, await actorById(on.db, alone.id)), { list: "parties" }))
    expect(hers.rows.map((row) => row.title)).toEqual(["Open Ltd"])
    expect(await give({ role: "legal", entityId: null, lastDay: null })).toMatchObject({
      ok: false,
      says: "conflict.bound-beside",
    })
  })

  test("has no role any more from the first instant after their last day", async () => {
    expect(await heldRoles(on.db, supervisor.id, "2099-06-29T00:00:00.000Z" as Instant)).toHaveLength(1)
    expect(await heldRoles(on.db, supervisor.id, "2099-07-01T12:00:00.000Z" as Instant)).toEqual([])
  })
})

test("what changed since a visit is what lies within the bounds, a page at a time", async () => {
  const scene = sceneFor(on.db, supervisor)
  const since = "2026-01-02T00:00:00.000Z"
  const all = must(await readChanges(scene, { since, size: 200 }))
  expect(all.changes.map((one) => `${one.what} ${one.title}`)).toEqual(
    expect.arrayContaining(["came A plain flow", "came A plain paper", "came Open Ltd"]),
  )
  const paged: string[] = []
  for (let after = ""; ;) {
    const page = must(await readChanges(scene, { since, size: 2, after }))
    paged.push(...page.changes.map((one) => one.key))
    if (!page.next) break
    after = page.next
  }
  expect(paged).toEqual(all.changes.map((one) => one.key))
  expect(await readChanges(scene, { since: "2019-01-01T00:00:00.000Z" })).toMatchObject({
    says: "not-allowed.outside-period",
  })
})

test("days of a period are the company's own: its first day is asked for whole, and the day before it is refused", async () => {
  const scene = sceneFor(on.db, supervisor)
  expect(must(await readChanges(scene, { day: "2026-01-01" })).since).toBe("2025-12-31T23:00:00.000Z")
  const beyond = { says: "not-allowed.outside-period" }
  expect(await readChanges(scene, { day: "2025-12-31" })).toMatchObject(beyond)
  expect(await readChanges(scene, { since: "2025-12-31T22:59:59.999Z" })).toMatchObject(beyond)
  expect(await readChanges(scene, { since: "2025-12-31T23:00:00.000Z" })).toMatchObject({ ok: true })
})

test("a supervisor's home is one look", async () => {
  const size = async () => must(await readLog(sceneFor(on.db, cast.dpo), { size: 1 })).size
  const before = await size()
  const home = must(await readVisitorsHome(sceneFor(on.db, supervisor), {}))
  expect(home.questions.names).toMatchObject({ [cast.entityId]: expect.any(String) })
  expect(await size()).toBe(before + 1)
})

test("what is fetched ahead is answered to no supervisor and is no look; whoever works is answered", async () => {
  const { GET } = await import("./api/v1/register/[list]/route")
  const size = async () => must(await readLog(sceneFor(on.db, cast.dpo), { size: 1 })).size
  const { token } = must(await makeToken(sceneFor(on.db, supervisor), { label: "ahead", days: 1 }))
  const other = must(await makeToken(sceneFor(on.db, cast.dpo), { label: "ahead", days: 1 })).token
  const before = await size()
  const ask = (of: string, headers: object, method = "GET") =>
    (GET as Door)(
      new Request(`${OURS}/api/v1/register/parties.json`, {
        method,
        headers: { authorization: `Bearer ${of}`, ...headers },
      }),
      { params: Promise.resolve({ list: "parties.json" }) },
    )
  for (const headers of [
    { "next-router-prefetch": "1" },
    { "sec-purpose": "prefetch;prerender" },
    { purpose: "prefetch" },
  ])
    expect((await ask(token, headers)).status).toBe(401)
  expect((await ask(token, {}, "HEAD")).status).toBe(401)
  expect((await ask(other, { "next-router-prefetch": "1" })).status).toBe(200)
  expect(await size()).toBe(before)
  expect((await ask(token, {})).status).toBe(200)
  expect(await size()).toBe(before + 1)
})

test("what supervisors looked at is sealed until their last day, and then the same for both sides", async () => {
  const lawyer = sceneFor(on.db, cast.dpo)
  for (const asked of [{}, { size: 200 }]) {
    const log = must(await readLog(lawyer, asked))
    const looked = log.lines.filter((line) => line.act.startsWith("look"))
    expect(looked.length).toBeGreaterThan(10)
    expect([
      ...new Set(
        looked.map(({ act, actorId, bytes, objects, role }) => JSON.stringify({ act, actorId, bytes, objects, role })),
      ),
    ]).toEqual([JSON.stringify({ act: "look", actorId: "", bytes: "", objects: [], role: "" })])
  }
  const acts = ["look.register.read", "export.make"].map((act) => ({ act }))
  for (const asked of [{ actor: supervisor.id }, ...acts, { object: inside.sharing }]) {
    const log = must(await readLog(lawyer, { ...asked, size: 200 }))
    expect([asked, log.lines.filter((line) => /^(look|export)/.test(line.act)), log.next]).toEqual([asked, [], null])
  }
  const [sealed] = must(await readLog(lawyer, { size: 200 })).lines.filter((line) => line.act === "look")
  const entry = must(await readEvent(lawyer, { index: sealed?.index ?? -1 }))
  expect(entry).toMatchObject({ line: { act: "look", actorId: "", bytes: "", objects: [] }, members: [], names: {} })
  for (const format of ["csv", "jsonl"] as const) {
    let text = ""
    for await (const part of must(await exportLog(lawyer, { from: "2026-01-01T00:00:00.000Z" }, format))) text += part
    expect([format, text.includes("look.")]).toEqual([format, false])
  }
  expect(must(await fileOfLooks(lawyer, { personId: supervisor.id })).lines).toBe("")
  expect(must(await listLooks(lawyer, { personId: supervisor.id }))).toMatchObject({ looks: [], next: null })
  expect(await fileOfLooks(sceneFor(on.db, administrator), { personId: supervisor.id })).toMatchObject({ ok: false })
  const later = { now: "2099-07-01T12:00:00.000Z" as Instant }
  const theirs = must(await fileOfLooks(sceneFor(on.db, cast.dpo, later), { personId: supervisor.id }))
  expect(theirs.lines.split("\n").length).toBeGreaterThan(100)
  expect(theirs.lines).toContain(inside.sharing)
  const gone = { ...supervisor, held: [] } as Actor
  expect(must(await fileOfLooks(sceneFor(on.db, gone, later), { personId: supervisor.id }))).toEqual(theirs)
  const log = must(await readLog(sceneFor(on.db, cast.dpo, later), { actor: supervisor.id, size: 200 }))
  expect(log.lines.some((line) => line.act === "look.register.read" && line.bytes !== "")).toBe(true)
  // Who keeps the accounts reads that there was a look, not at what.
  const kept = must(await readLog(sceneFor(on.db, administrator, later), { actor: supervisor.id, size: 200 }))
  expect(kept.lines.some((line) => line.act === "look.register.read")).toBe(true)
  expect(kept.lines.flatMap((line) => (line.act.startsWith("look.") ? line.objects : []))).toEqual([])
})

test("every table is either seen within the bounds or holds nothing of records", async () => {
  const tables = await rows<{ name: string }>(
    on.db,
    sql`select c.relname::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r' order by 1`,
  )
  const open = tables.map((one) => one.name).filter((name) => !BOUND_TABLES.includes(name))
  expect(open).toEqual(UNBOUND)
})
