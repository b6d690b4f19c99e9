import { readFile, unlink } from "node:fs/promises"
import { strFromU8, unzipSync } from "fflate"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row } from "@/db/connect"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import { WITHHELD } from "@/domain/records/withheld"
import { readLog } from "@/usecases/audit/read-log"
import { listFindings } from "@/usecases/checks/list-findings"
import { listGaps } from "@/usecases/coverage/list-gaps"
import { exported } from "@/testing/log-key"
import { listRequests } from "@/usecases/requests/list-requests"
import { readRequest } from "@/usecases/requests/read-request"
import { draftOfRecord, draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { editDraft } from "@/usecases/requests/edit-draft"
import { submitRequest } from "@/usecases/requests/submit-request"
import { newId, OPERATOR, type Actor } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedConsent, typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, allAgree, inForce, must, type Cast } from "@/testing/requests"
import { listRecords } from "./list-records"
import { readRecord } from "./read-record"
import { viewCsv } from "./view-csv"

let on: TestDatabase
let cast: Cast
let outsider: Actor
let elsewhere: Actor
let supervisor: Actor
let secretParty: string
let openParty: string
let sharing: string
let secretRequest: string

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  outsider = await aPerson(on.db, "Otto Outsider", ["legal"])
  const otherEntity = await anEntity(on.db)
  elsewhere = await aPerson(on.db, "Elsa Elsewhere", ["legal"], otherEntity)
  supervisor = await aPerson(on.db, "Sven Supervisor", ["supervisor"], otherEntity)
  const named = [cast.requester, cast.procurement, cast.dpo].map((one) => one.id as Id<"person">)
  const draft = must(
    await draftRequest(sceneFor(on.db, cast.requester), { title: "Project Heron", restrictedTo: named }),
  )
  secretRequest = draft.id
  const saved = must(
    await saveProposal(sceneFor(on.db, cast.requester), {
      ...{ requestId: draft.id, kind: "party", op: "create" },
      body: typedParty({ legalName: "Heron Holding", restrictedTo: named }),
    }),
  )
  secretParty = saved.recordId
  const submitted = must(await submitRequest(sceneFor(on.db, cast.requester), { requestId: draft.id }))
  must(await allAgree(on.db, cast, { requestId: draft.id, recordIds: [], ...submitted }))
  ;[openParty] = (await inForce(on.db, cast, "Open", [
    { kind: "party", body: typedParty({ legalName: "Open Ltd" }) },
  ])) as [string]
  const scene = sceneFor(on.db, cast.requester)
  const found = must(await draftRequest(scene, { title: "Found", kind: "discovered" }))
  sharing = newId(scene, "sharing")
  must(
    await saveProposal(scene, {
      ...{ requestId: found.id, kind: "sharing", op: "create", recordId: sharing, discovered: true },
      body: typedSharing({ entityId: cast.entityId as Id<"entity">, partyId: openParty as Id<"party"> }),
    }),
  )
  must(await submitRequest(scene, { requestId: found.id }))
}, 60_000)
afterAll(() => on.drop())

const as = (actor: Actor) => sceneFor(on.db, actor)

describe("what is restricted to named persons does not exist for anybody else", () => {
  test.each(["outsider", "operator"] as const)("in lists, counts, facets, search and files: the %s", async (who) => {
    const scene = as(who === "operator" ? OPERATOR : outsider)
    const list = must(await listRecords(scene, { list: "parties", facets: ["kind", "country"] }))
    expect(list).toMatchObject({ total: 1, rows: [{ id: openParty }] })
    expect(list.facets.country).toEqual([{ value: "IE", n: 1 }])
    expect(must(await listRecords(scene, { list: "parties", q: "heron" }))).toMatchObject({ total: 0, rows: [] })
    expect(await readRecord(scene, { id: secretParty })).toMatchObject({ ok: false, code: "not-found" })
    expect(must(await viewCsv(scene, { list: "parties" })).csv).not.toContain("Heron")
    const log = must(await readLog(scene, { size: 200 }))
    expect(JSON.stringify([log.lines, log.titles])).not.toMatch(/Heron/)
    expect(JSON.stringify(log.lines)).not.toContain(secretParty)
  })
  test("in requests", async () => {
    const list = must(await listRequests(as(outsider), { size: 25 }))
    expect(JSON.stringify(list)).not.toContain("Heron")
    expect(await readRequest(as(outsider), { id: secretRequest })).toMatchObject({ ok: false, code: "not-found" })
  })
  test("in packages", async () => {
    const made = must(await exported(as(outsider), { asOf: null }))
    const files = unzipSync(await readFile(made.path))
    await unlink(made.path)
    for (const [name, bytes] of Object.entries(files)) expect(strFromU8(bytes), name).not.toMatch(/Heron/)
  })
  test("for those who are named it is there", async () => {
    const list = must(await listRecords(as(cast.procurement), { list: "parties", q: "heron" }))
    expect(list).toMatchObject({ total: 1, rows: [{ id: secretParty }] })
    expect(await readRecord(as(cast.dpo), { id: secretParty })).toMatchObject({ ok: true })
  })
})

describe("a flow that all may read to a party that is restricted since", () => {
  let hidden: string
  let flow: string
  let paper: string
  let consent: string
  let asked: string
  beforeAll(async () => {
    ;[hidden] = (await inForce(on.db, cast, "Open too", [
      { kind: "party", body: typedParty({ legalName: "Merger Target Ltd" }) },
    ])) as [string]
    const scene = sceneFor(on.db, cast.requester)
    const between = { entityId: cast.entityId as Id<"entity">, partyId: hidden as Id<"party"> }
    const found = must(await draftRequest(scene, { title: "Found", kind: "discovered" }))
    flow = must(
      await saveProposal(scene, {
        ...{ requestId: found.id, kind: "sharing", op: "create", discovered: true },
        body: typedSharing(between, { title: "A flow to somebody" }),
      }),
    ).recordId
    must(await submitRequest(scene, { requestId: found.id }))
    asked = found.id
    ;[paper, consent] = (await inForce(on.db, cast, "Papers", [
      { kind: "agreement", body: typedAgreement(between, [], { title: "A paper of somebody" }) },
      {
        kind: "consent",
        body: typedConsent(between.entityId, { parties: known([openParty, hidden] as Id<"party">[]) }),
      },
    ])) as [string, string]
    const named = [cast.requester, cast.procurement, cast.dpo, cast.legal].map((one) => one.id as Id<"person">)
    await inForce(on.db, cast, "Now secret", [
      {
        ...{ kind: "party", op: "change", recordId: hidden },
        body: typedParty({ legalName: "Merger Target Ltd", restrictedTo: named }),
      },
    ])
  }, 60_000)

  test("names it in no row, cell, finding or gap for who is not named", async () => {
    const scene = as(outsider)
    const list = must(await listRecords(scene, { list: "sharings", q: "somebody" }))
    expect(list.rows).toMatchObject([{ title: "A flow to somebody", partyId: null, partyName: null }])
    const told = [
      list,
      must(await viewCsv(scene, { list: "sharings" })).csv,
      must(await listFindings(scene, { facets: true, size: 100 })),
      must(await listGaps(scene, {})),
    ]
    for (const one of told) {
      expect(JSON.stringify(one)).toContain("A flow to somebody")
      expect(JSON.stringify(one)).not.toContain(hidden)
      expect(JSON.stringify(one)).not.toContain("Merger")
    }
  })
  test("nor in its page, its versions, the request that brought it, or what stands beside it", async () => {
    const told = [
      must(await readRecord(as(outsider), { id: flow })),
      must(await readRecord(as(outsider), { id: paper })),
      must(await readRecord(as(outsider), { id: consent })),
      must(await readRequest(as(outsider), { id: asked })),
      must(await listRecords(as(outsider), { list: "agreements" })),
      must(await listRecords(as(outsider), { list: "others" })),
    ]
    for (const one of told) {
      expect(JSON.stringify(one)).not.toContain(hidden)
      expect(JSON.stringify(one)).not.toContain("Merger")
    }
    expect(told[0]).toMatchObject({ record: { body: { partyId: WITHHELD, title: "A flow to somebody" } } })
    expect(told[2]).toMatchObject({ record: { body: { parties: known([openParty, WITHHELD]) } } })
    const before = must(await readRecord(as(cast.dpo), { id: flow }))
    expect(before.record.body).toMatchObject({ partyId: hidden })
    // What is found is found on all of it: the word hides whom, not what is missing.
    expect(must(await readRecord(as(outsider), { id: flow })).findings).toEqual(before.findings)
  })
  test("nor in a package, which says in how many places a word stands instead", async () => {
    for (const [who, places] of [
      [outsider, 3],
      [OPERATOR, 3],
      [cast.dpo, 0],
    ] as const) {
      const made = must(await exported(as(who), { asOf: null }))
      const files = Object.entries(unzipSync(await readFile(made.path))).map(([name, bytes]) => [
        name,
        strFromU8(bytes),
      ])
      await unlink(made.path)
      const text = new Map(files as [string, string][])
      expect([...text.values()].some((one) => one.includes(hidden))).toBe(places === 0)
      expect(JSON.parse(text.get("manifest.json") ?? "")).toMatchObject({ withheld: { references: places } })
      expect(text.get("README.txt")).toContain(`${places} places where a record is named`)
      expect((text.get("json/sharing.json") ?? "").includes(`"partyId":"${WITHHELD}"`)).toBe(places > 0)
      expect((text.get("csv/consent.csv") ?? "").includes(`${openParty}; ${WITHHELD}`)).toBe(places > 0)
    }
  })
  test("and who may not know it changes the flow and leaves it where it is", async () => {
    const writer = await aPerson(on.db, "Wanda Writer", ["requester"])
    const draft = must(await draftOfRecord(as(writer), { recordId: flow, title: "Other words" }))
    const page = must(await editDraft(as(writer), { requestId: draft.id, recordId: flow }))
    expect(JSON.stringify(page)).not.toContain(hidden)
    const save = (body: object) =>
      saveProposal(as(writer), { requestId: draft.id, recordId: flow, kind: "sharing", op: "change", body })
    expect(await save({ ...page.body, partyId: openParty })).toMatchObject({ ok: false, says: "invalid.withheld" })
    must(await save({ ...page.body, title: "A flow in other words" }))
    const kept = must(await readRequest(as(writer), { id: draft.id }))
    expect(kept.proposals).toMatchObject([{ body: { partyId: WITHHELD, title: "A flow in other words" } }])
    expect(
      await row(on.db, sql`select body::jsonb->>'partyId' as party from proposals where request_id = ${draft.id}`),
    ).toEqual({ party: hidden })
    const fresh = must(await editDraft(as(writer), { requestId: draft.id, recordId: "new-agreement", about: flow }))
    expect(JSON.stringify(fresh)).not.toContain(hidden)
  })
  test("and leads to it for who is", async () => {
    const list = must(await listRecords(as(cast.dpo), { list: "sharings", q: "somebody" }))
    expect(list.rows).toMatchObject([{ partyId: hidden, partyName: "Merger Target Ltd" }])
    expect(must(await listFindings(as(cast.dpo), { size: 100 })).findings.map((one) => one.partyId)).toContain(hidden)
  })
})

describe("whoever has a role in another company", () => {
  test("gets none of this one's flows, in no way", async () => {
    const list = must(await listRecords(as(elsewhere), { list: "sharings", facets: ["mode", "standing"] }))
    expect(list).toMatchObject({ total: 0, rows: [], facets: { mode: [], standing: [] } })
    expect(await readRecord(as(elsewhere), { id: sharing })).toMatchObject({ ok: false, code: "not-found" })
    expect(must(await listFindings(as(elsewhere), {}))).toMatchObject({ findings: [], counts: { severities: {} } })
    const parties = must(await listRecords(as(elsewhere), { list: "parties" }))
    expect(parties.rows).toMatchObject([{ id: openParty, sharingCount: 0 }])
    expect(must(await listRecords(as(cast.legal), { list: "parties", q: "open" })).rows).toMatchObject([
      { sharingCount: 1 },
    ])
    const page = must(await readRecord(as(elsewhere), { id: openParty }))
    expect(page.related.filter((item) => item.kind === "sharing")).toEqual([])
    expect(page.flows).toEqual([])
    expect(page.findings.filter((finding) => finding.recordKind === "sharing")).toEqual([])
  })
  test("as a supervisor sees only parties to whom its companies give data, and every look is noted", async () => {
    expect(must(await listRecords(as(supervisor), { list: "parties" }))).toMatchObject({ total: 0 })
    expect(await readRecord(as(supervisor), { id: openParty })).toMatchObject({ ok: false, code: "not-found" })
    const made = must(await exported(as(supervisor), { asOf: null }))
    const files = unzipSync(await readFile(made.path))
    await unlink(made.path)
    expect(strFromU8(files["json/party.json"] ?? new Uint8Array())).toBe("[]\n")
    // To others it is an entry and no more until the visit is over.
    const log = must(await readLog(as(supervisor), { actor: supervisor.id, size: 50 }))
    expect(log.lines.map((line) => line.act)).toEqual(expect.arrayContaining(["look.register.read"]))
  })
})

test("an administrator sees who did what, and no content", async () => {
  const administrator = await aPerson(on.db, "Ali Admin", ["administrator"])
  expect(await listRecords(as(administrator), { list: "parties" })).toMatchObject({ ok: false, code: "not-allowed" })
  const log = must(await readLog(as(administrator), { size: 200 }))
  expect(log.titles).toEqual({})
  expect(log.lines.filter((line) => line.act.startsWith("record.")).every((line) => line.bytes === "")).toBe(true)
})
