import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row, rows } from "@/db/connect"
import { BLANK, known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Affected } from "@/domain/whatif/result"
import type { Scenario } from "@/domain/whatif/scenario"
import { mechanism } from "@/testing/covered"
import { aBasis, aGround, OPEN, typedAgreement, typedConsent, typedSharing } from "@/testing/flow"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { readRequest } from "@/usecases/requests/read-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { newId, type Actor } from "@/usecases/scene"
import { amongLines, linesAgainst } from "@/db/statements/whatif"
import { compareScenarios, PARTS } from "./compare-kept"
import { draftRequests } from "./draft-requests"
import { readWhatIf } from "./read-what-if"
import { beginWhatIf, cancelRun, doRuns, readRun, readRunScenario } from "./runs"
import { dropScenario, listScenarios, readScenario, saveScenario } from "./saved"
import { AT_ONCE } from "./work-out"

let on: TestDatabase
let cast: Cast
let elsewhere: Actor
let otherEntity: Id<"entity">
let party: Id<"party">
let open: Id<"sharing">
let secret: Id<"sharing">
let theirs: Id<"sharing">
let consented: Id<"sharing">
let consent: Id<"consent">

const MARCH = day("2026-03-01")
const JAPAN: Scenario = { kind: "loses-adequacy", regime: "EU", country: "JP", on: MARCH }
const as = (actor: Actor) => sceneFor(on.db, actor)

type Body = Parameters<typeof typedSharing>[1]

/** Found running: recorded at once, whatever it lacks. */
async function recorded(
  by: Actor,
  list: readonly { kind: string; id: string; body: unknown; discovered?: boolean }[],
  names: string[] | null = null,
) {
  const draft = must(await draftRequest(as(by), { title: "Found", kind: "discovered", restrictedTo: names }))
  for (const one of list)
    must(
      await saveProposal(as(by), {
        ...{ requestId: draft.id, op: "create", kind: one.kind, recordId: one.id, body: one.body },
        discovered: one.kind === "sharing",
      }),
    )
  must(await submitRequest(as(by), { requestId: draft.id }))
}

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  otherEntity = await anEntity(on.db)
  elsewhere = await aPerson(on.db, "Elsa Elsewhere", ["legal"], otherEntity)
  const scene = as(cast.requester)
  ;[open, secret, theirs, consented] = [0, 1, 2, 3].map(() => newId(scene, "sharing")) as [
    Id<"sharing">,
    Id<"sharing">,
    Id<"sharing">,
    Id<"sharing">,
  ]
  const entityId = cast.entityId as Id<"entity">
  const japan: Body = {
    destinations: known([{ country: "JP", kind: "storage", mechanisms: [mechanism("adequacy")], ...OPEN }]),
  }
  const flow = (id: Id<"sharing">, title: string, over: Body, whose = entityId) => ({
    kind: "sharing",
    id,
    body: typedSharing({ entityId: whose, partyId: party }, { title, ...over }),
  })
  const paper = (of: Id<"sharing">, whose = entityId) => ({
    kind: "agreement" as const,
    body: typedAgreement({ entityId: whose, partyId: party }, [of]),
  })
  const conditions = [{ condition: "appi" as const, evidence: BLANK, ...OPEN }]
  await insertFile()
  const [partyId, consentId] = await inForce(on.db, cast, "Party and consent", [
    { kind: "party", body: typedParty({ legalName: "Kyoto Backups KK", conditions }) },
    { kind: "consent", body: typedConsent(entityId) },
  ])
  party = partyId as Id<"party">
  consent = consentId as Id<"consent">
  const children = { peopleCount: known(1200), subjects: known(["user" as const, "child" as const]) }
  const grounds = [aGround("consent", { consentId: consent })]
  await recorded(cast.requester, [
    flow(open, "Backups in Japan", { ...japan, ...children }),
    flow(consented, "Offers", { mode: "share", role: known("controller"), grounds, bases: [aBasis("eu.6.1.a")] }),
  ])
  const named = [cast.requester.id, cast.dpo.id] as Id<"person">[]
  await recorded(cast.requester, [flow(secret, "Project Heron backups", { ...japan, restrictedTo: named })], named)
  await recorded(cast.requester, [flow(theirs, "Theirs in Japan", japan, otherEntity)])
  await inForce(on.db, cast, "Papers", [paper(open), paper(secret)])
  await inForce(on.db, cast, "Papers of the other company", [paper(theirs, otherEntity)])
}, 90_000)
afterAll(() => on.drop())

/** Checklists point to a file; this one stands for it. */
async function insertFile(): Promise<void> {
  const body = typedAgreement({ entityId: cast.entityId as Id<"entity">, partyId: party }, [])
  const id = body.checklist[0]?.fileId ?? ""
  await on.db.execute(
    sql`insert into files (id, sha256, size_bytes, type, name, by_person, at) values (${id}, ${"ab".repeat(32)}, 1, 'application/pdf', 'paper.pdf', ${cast.requester.id}, now())`,
  )
}

const names = (lines: readonly Affected[]): string[] => lines.map((one) => `${one.change} ${one.title}`).sort()

/** Everything that the register is: its log, its versions, requests, files, findings. */
async function register(): Promise<unknown> {
  return row(
    on.db,
    sql`select (select size from log_head) as log, (select at from log_head) as at, (select count(*) from versions) as versions,
      (select count(*) from records) as records, (select count(*) from requests) as requests, (select count(*) from proposals) as proposals,
      (select count(*) from findings) as findings, (select count(*) from judgements) as judgements, (select count(*) from promise_turns) as turns,
      (select md5(string_agg(s::text, '' order by record_id, n)) from sharing_rows s) as rows, (select count(*) from disclosures) as disclosures`,
  )
}

describe("what if a country loses adequacy", () => {
  test("answers with the flows that would stand uncovered, from when, with whom and what would mend them", async () => {
    const page = must(await readWhatIf(as(cast.requester), { scenario: JAPAN }))
    expect(names(page.lines)).toEqual([
      "uncovered Backups in Japan",
      "uncovered Project Heron backups",
      "uncovered Theirs in Japan",
    ])
    expect(page.summary?.parts.uncovered.tally).toEqual({
      sharings: 3,
      minors: 1,
      people: 1200,
      unknownPeople: 2,
      from: MARCH,
    })
    expect(page.lines.find((one) => one.id === open)).toMatchObject({
      ...{ partyName: "Kyoto Backups KK", people: 1200, minors: true, from: MARCH },
      causes: [{ what: "mechanism", country: "JP", regime: "EU" }],
    })
  })
  test("shows nobody what they may not read", async () => {
    const others = must(await readWhatIf(as(cast.legal), { scenario: JAPAN }))
    expect(names(others.lines)).toEqual(["uncovered Backups in Japan", "uncovered Theirs in Japan"])
    expect(JSON.stringify(others)).not.toContain("Heron")
    expect(others).toMatchObject({ total: 2, summary: { candidates: 2 } })
    const theirs = must(await readWhatIf(as(elsewhere), { scenario: JAPAN }))
    expect(names(theirs.lines)).toEqual(["uncovered Theirs in Japan"])
  })
  test("whoever may not know the record that it is about gets what does not exist", async () => {
    const scenario: Scenario = { kind: "consent-withdrawn", consentId: consent, on: MARCH }
    expect(must(await readWhatIf(as(cast.legal), { scenario })).lines.map((one) => one.id)).toEqual([consented])
    expect(await readWhatIf(as(elsewhere), { scenario })).toMatchObject({ ok: false, code: "not-found" })
  })
  test("a supervisor's look is in the log with what it was about", async () => {
    const supervisor = await aPerson(on.db, "Sven Supervisor", ["supervisor"], otherEntity)
    must(await readWhatIf(as(supervisor), { scenario: JAPAN }))
    expect(await rows(on.db, sql`select act from log_leaves order by index desc limit 1`)).toEqual([
      { act: "look.whatif.read" },
    ])
  })
})

test("nothing is ever written into the register, however it is asked", async () => {
  const before = await register()
  for (const scenario of [
    JAPAN,
    { kind: "party-insolvent", partyId: party, on: MARCH },
    { kind: "party-incident", partyId: party, on: MARCH },
    { kind: "purpose-withdrawn", purpose: "svc.infra", on: MARCH },
    { kind: "party-moves", partyId: party, from: "IE", to: "US", on: MARCH },
  ])
    must(await readWhatIf(as(cast.dpo), { scenario }))
  const saved = must(await saveScenario(as(cast.dpo), { title: "Japan", scenario: JAPAN }))
  must(await readScenario(as(cast.legal), { id: saved.id }))
  must(await dropScenario(as(cast.dpo), { id: saved.id }))
  await on.db.execute(
    sql`insert into scenario_runs (id, scenario, by_person, at, state) values ('run_00000000000000000000000001', ${JSON.stringify(JAPAN)}, ${cast.dpo.id}, now(), 'waiting')`,
  )
  expect(await doRuns(as(cast.dpo))).toBe(1)
  expect(await register()).toEqual(before)
})

describe("a run in the background", () => {
  const begin = async (actor: Actor, scenario: Scenario = JAPAN): Promise<string> => {
    const id = newId(as(actor), "run")
    await on.db.execute(
      sql`insert into scenario_runs (id, scenario, by_person, at, state) values (${id}, ${JSON.stringify(scenario)}, ${actor.id}, now(), 'waiting')`,
    )
    return id
  }
  test("finds what is found at once, within what its person may read, with every step counted", async () => {
    const runId = await begin(cast.legal)
    expect(must(await readRun(as(cast.legal), { runId }))).toMatchObject({ state: "waiting", lines: [] })
    await doRuns(as(cast.legal))
    const page = must(await readRun(as(cast.legal), { runId }))
    const atOnce = must(await readWhatIf(as(cast.legal), { scenario: JAPAN }))
    expect(page).toMatchObject({ state: "done", done: 2, total: 2, next: null })
    expect([page.lines, page.summary]).toEqual([atOnce.lines, atOnce.summary])
    const first = must(await readRun(as(cast.legal), { runId, size: 1 }))
    expect(first).toMatchObject({ lines: [page.lines[0]], next: 1 })
  })
  test.each([
    ["the whole of it", () => ({ kind: "party-insolvent", partyId: party, on: MARCH }) as Scenario, "both"],
    ["nothing of it", () => ({ kind: "consent-withdrawn", consentId: consent, on: MARCH }) as Scenario, "b"],
  ] as const)(
    "is held against another scenario that shares %s, and says what is said at once",
    async (_some, made, most) => {
      const gone = made()
      const ids = (lines: readonly { id: string }[]): string[] => lines.map((line) => line.id).sort()
      const found = { both: [] as string[], a: [] as string[], b: [] as string[] }
      for (const part of PARTS) {
        const page = must(await compareScenarios(as(cast.legal), { a: JAPAN, b: gone, part }))
        expect(page).toMatchObject({ ready: true, next: null, a: { run: null }, b: { run: null } })
        found[part] = ids(page.lines)
      }
      const [one, other] = await Promise.all(
        [JAPAN, gone].map(async (scenario) => {
          const { lines } = must(await readWhatIf(as(cast.legal), { scenario, change: "uncovered" }))
          return ids(lines)
        }),
      )
      expect(found[most].length).toBeGreaterThan(0)
      expect([...found.both, ...found.a].sort()).toEqual(one)
      expect([...found.both, ...found.b].sort()).toEqual(other)
      // What touches many flows is read from runs: the same, whichever of the two is one.
      const runs = [await begin(cast.legal), await begin(cast.legal, gone)]
      await doRuns(as(cast.legal))
      const [a = "", b = ""] = runs
      const against = async (
        run: string,
        held: Parameters<typeof linesAgainst>[2],
        both: boolean,
      ): Promise<string[]> => {
        const lines = await on.db.transaction((tx) => linesAgainst(tx, run, held, { both, after: 0, limit: 50 }))
        return ids(lines.map((line) => JSON.parse(line.body) as { id: string }))
      }
      expect(await against(a, { runId: b }, true)).toEqual(found.both)
      expect(await against(a, { runId: b }, false)).toEqual(found.a)
      expect(await against(b, { ids: one ?? [] }, false)).toEqual(found.b)
      expect((await on.db.transaction((tx) => amongLines(tx, a, other ?? []))).sort()).toEqual(found.both)
    },
  )
  test("is nobody else's: they may only ask the same for themselves", async () => {
    const runId = await begin(cast.requester)
    await doRuns(as(cast.requester))
    expect(await readRun(as(cast.legal), { runId })).toMatchObject({ ok: false, code: "not-found" })
    expect(must(await readRunScenario(as(cast.legal), { runId }))).toEqual({ scenario: JAPAN, subject: "" })
  })
  test("can be cancelled, and then stays so", async () => {
    const runId = await begin(cast.legal)
    expect(await cancelRun(as(cast.dpo), { runId })).toMatchObject({ ok: false })
    must(await cancelRun(as(cast.legal), { runId }))
    expect(await doRuns(as(cast.legal))).toBe(0)
    expect(must(await readRun(as(cast.legal), { runId }))).toMatchObject({ state: "cancelled", lines: [] })
  })
  test("is begun only where so many flows are touched; a few are answered at their address", async () => {
    expect(must(await beginWhatIf(as(cast.legal), { scenario: JAPAN }))).toEqual({ scenario: JAPAN, runId: null })
    expect(AT_ONCE).toBe(2000)
  })
})

describe("a scenario that is kept", () => {
  test("is opened by whoever has its address, and what comes of it is theirs alone", async () => {
    const { id } = must(await saveScenario(as(cast.requester), { title: "Japan falls", scenario: JAPAN }))
    const opened = must(await readScenario(as(elsewhere), { id }))
    expect(opened).toMatchObject({ title: "Japan falls", scenario: JAPAN, mine: false })
    expect(names(must(await readWhatIf(as(elsewhere), { scenario: opened.scenario })).lines)).toEqual([
      "uncovered Theirs in Japan",
    ])
    expect(must(await listScenarios(as(elsewhere), {})).saved).toEqual([])
    expect(must(await listScenarios(as(cast.requester), {})).saved).toMatchObject([{ id, title: "Japan falls" }])
    expect(await dropScenario(as(elsewhere), { id })).toMatchObject({ ok: false, code: "not-found" })
  })
  test("about a record does not exist for whoever may not know the record", async () => {
    const { id } = must(
      await saveScenario(as(cast.requester), {
        title: "Consent",
        scenario: { kind: "consent-withdrawn", consentId: consent, on: MARCH },
      }),
    )
    expect(await readScenario(as(elsewhere), { id })).toMatchObject({ ok: false, code: "not-found" })
  })
})

describe("drafts of what would mend it", () => {
  test("are one for each company, not submitted, with the affected flows and what is still to be asked", async () => {
    const before = (await register()) as { log: string; versions: string }
    const made = must(
      await draftRequests(as(cast.legal), {
        scenario: JAPAN,
        by: "entity",
        way: "mend",
        title: "Japan loses adequacy",
      }),
    )
    expect(made.requests.map((one) => one.sharings)).toEqual([1, 1])
    const [first] = made.requests
    const page = must(await readRequest(as(cast.legal), { id: first?.id }))
    expect(page.request).toMatchObject({ state: "draft", title: expect.stringMatching(/^Japan loses adequacy: /) })
    const bodies = await rows<{ body: string }>(on.db, sql`select body from proposals where request_id = ${first?.id}`)
    expect(JSON.parse(bodies[0]?.body ?? "{}").destinations.value[0].mechanisms).toMatchObject([
      { mechanism: "adequacy", lastOn: "2026-02-28" },
      { mechanism: "scc-2021", module: { state: "unknown", asked: "Kyoto Backups KK" }, firstOn: "2026-03-01" },
    ])
    const after = (await register()) as { log: string; versions: string }
    expect([after.log, after.versions]).toEqual([before.log, before.versions])
  })
  test("of a restricted flow are restricted alike, and apart from the others", async () => {
    const made = must(
      await draftRequests(as(cast.requester), { scenario: JAPAN, by: "party", way: "end", title: "Out of Japan" }),
    )
    expect(made.requests).toHaveLength(2)
    const restricted = await rows<{ n: number }>(
      on.db,
      sql`select count(*) as n from requests r join proposals p on p.request_id = r.id where r.title like 'Out of Japan%'
        and (p.record_id = ${secret}) = (r.restricted_to is not null)`,
    )
    expect(restricted).toEqual([{ n: 3 }])
  })
  test("are not begun where nothing would stand uncovered", async () => {
    const scenario: Scenario = { kind: "loses-adequacy", regime: "EU", country: "NZ", on: MARCH }
    const refused = await draftRequests(as(cast.legal), { scenario, by: "entity", way: "mend", title: "x" })
    expect(refused).toMatchObject({ ok: false, says: "whatif.nothing-to-draft" })
  })
})

test("consent for a purpose that falls away touches the flows that rest on it, by a ground or by a legal basis alone", async () => {
  const id = newId(as(cast.requester), "sharing")
  const between = { entityId: cast.entityId as Id<"entity">, partyId: party }
  const body = typedSharing(between, {
    title: "Letters",
    mode: "share",
    role: known("controller"),
    grounds: [aGround("partner")],
    bases: [aBasis("eu.6.1.a")],
  })
  await recorded(cast.requester, [{ kind: "sharing", id, body }])
  const scenario: Scenario = { kind: "purpose-withdrawn", purpose: "svc.infra", on: MARCH }
  const { total, lines } = must(await readWhatIf(as(cast.legal), { scenario }))
  expect(total).toBe(2)
  expect(lines.map((one) => one.id).sort()).toEqual([consented, id].sort())
})
