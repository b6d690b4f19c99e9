import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row, rows } from "@/db/connect"
import type { Id } from "@/domain/core/id"
import { readLog } from "@/usecases/audit/read-log"
import { disablePerson } from "@/usecases/people/accounts"
import { revokeRole } from "@/usecases/people/grant-roles"
import { listRecords } from "@/usecases/register/list-records"
import { OPERATOR, type Actor } from "@/usecases/scene"
import { parseForm } from "@/domain/records/parse-form"
import { withoutUnasked } from "@/domain/records/unasked"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, drafted, inForce, must, submitted, type Cast } from "@/testing/requests"
import { decideRequest } from "./decide-request"
import { draftOfRecord, draftRequest, saveProposal } from "./draft-request"
import { editDraft } from "./edit-draft"
import { readRequest } from "./read-request"
import { submitRequest } from "./submit-request"
import { commentRequest } from "./talk"

let on: TestDatabase
let cast: Cast
let outsider: Actor
let elsewhere: Actor
let late: Actor[]
let secret: string
let open: string
let named: Id<"person">[]

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  outsider = await aPerson(on.db, "Otto Outsider", ["requester"])
  elsewhere = await aPerson(on.db, "Elsa Elsewhere", ["requester", "legal"], await anEntity(on.db))
  late = [await aPerson(on.db, "Paul Late", ["procurement"]), await aPerson(on.db, "Pia Late", ["procurement"])]
  named = [cast.requester, cast.procurement, cast.dpo, cast.legal].map((one) => one.id as Id<"person">)
  ;[secret] = (await inForce(on.db, cast, "Heron", [
    { kind: "party", body: typedParty({ legalName: "Heron Holding", restrictedTo: named }) },
  ])) as [string]
  ;[open] = (await inForce(on.db, cast, "Open", [{ kind: "party", body: typedParty({ legalName: "Open Ltd" }) }])) as [
    string,
  ]
}, 60_000)
afterAll(() => on.drop())

const as = (actor: Actor) => sceneFor(on.db, actor)
const NOTHING = { ok: false, code: "not-found", says: "not-found" }
const flow = (partyId: string) =>
  typedSharing({ entityId: cast.entityId as Id<"entity">, partyId: partyId as Id<"party"> })

describe("who is not named cannot get at a restricted record through a draft of their own", () => {
  test.each(["change", "end"] as const)("by proposing to %s it", async (op) => {
    const draft = must(await draftRequest(as(outsider), { title: "Mine" }))
    const proposal = { requestId: draft.id, recordId: secret, kind: "party", op, body: typedParty() }
    expect(await saveProposal(as(outsider), proposal)).toMatchObject(NOTHING)
  })
  test("by opening its form", async () => {
    const draft = must(await draftRequest(as(outsider), { title: "Mine" }))
    expect(await editDraft(as(outsider), { requestId: draft.id, recordId: secret })).toMatchObject(NOTHING)
  })
  test("by seeing a request that others have on the same record", async () => {
    const other = must(await draftOfRecord(as(cast.requester), { recordId: open, title: "Project Heron, part two" }))
    must(
      await saveProposal(as(cast.requester), {
        ...{ requestId: other.id, recordId: open, kind: "party", op: "change" },
        body: typedParty({ legalName: "Open Ltd", restrictedTo: named }),
      }),
    )
    must(await submitRequest(as(cast.requester), { requestId: other.id }))
    const mine = must(await draftOfRecord(as(outsider), { recordId: open, title: "Mine" }))
    expect(must(await readRequest(as(outsider), { id: mine.id })).rivals).toEqual([])
    expect(must(await readRequest(as(cast.requester), { id: other.id })).rivals).toEqual([])
  })
})

test("a request that lifts a restriction is known to the persons named so far, and to nobody else", async () => {
  const lifting = await submitted(on.db, cast, "Lift it", [
    { kind: "party", op: "change", recordId: secret, body: typedParty({ legalName: "Heron Holding" }) },
  ])
  expect(await readRequest(as(outsider), { id: lifting.requestId })).toMatchObject(NOTHING)
  expect(must(await readRequest(as(cast.legal), { id: lifting.requestId })).bases).toHaveLength(1)
})

test("a request for fewer persons than its record names stays with the fewer", async () => {
  const few = [cast.requester.id, cast.legal.id]
  const draft = must(await draftRequest(as(cast.requester), { title: "Few", restrictedTo: few }))
  must(
    await saveProposal(as(cast.requester), {
      ...{ requestId: draft.id, kind: "party", op: "create" },
      body: typedParty({ legalName: "Egret Ltd", restrictedTo: named }),
    }),
  )
  must(await submitRequest(as(cast.requester), { requestId: draft.id }))
  expect(await readRequest(as(cast.dpo), { id: draft.id })).toMatchObject(NOTHING)
})

test("a restricted record that is edited by its form stays restricted, with the columns that it came with", async () => {
  const extra = [{ column: "Cost centre", value: "4711" }]
  const [kept] = await inForce(on.db, cast, "Kept", [
    { kind: "party", body: typedParty({ legalName: "Crane Holding", restrictedTo: named, extra }) },
  ])
  const begun = must(await draftOfRecord(as(cast.requester), { recordId: kept, title: "Its site" }))
  const body = withoutUnasked(
    parseForm("party", {
      legalName: "Crane Holding",
      "website.value": "https://crane.example",
      dataDecision: "receives-data",
    }),
  )
  must(
    await saveProposal(as(cast.requester), { requestId: begun.id, recordId: kept, kind: "party", op: "change", body }),
  )
  const [row] = await rows<{ body: string }>(on.db, sql`select body from proposals where request_id = ${begun.id}`)
  expect(JSON.parse(row?.body ?? "")).toMatchObject({ restrictedTo: named, extra, mergedInto: null })
  // A new record has nothing to keep.
  const fresh = must(await draftRequest(as(cast.requester), { title: "New" }))
  must(await saveProposal(as(cast.requester), { requestId: fresh.id, kind: "party", op: "create", body }))
  const [made] = await rows<{ body: string }>(on.db, sql`select body from proposals where request_id = ${fresh.id}`)
  expect(JSON.parse(made?.body ?? "")).toMatchObject({ restrictedTo: null, extra: [] })
})

test("a flow to a restricted party does not say the party's name to who may not know it", async () => {
  const found = must(await draftRequest(as(cast.requester), { title: "Found", kind: "discovered" }))
  must(
    await saveProposal(as(cast.requester), {
      ...{ requestId: found.id, kind: "sharing", op: "create", discovered: true, body: flow(secret) },
    }),
  )
  must(await submitRequest(as(cast.requester), { requestId: found.id }))
  const seen = must(await listRecords(as(outsider), { list: "sharings" }))
  expect(JSON.stringify(seen)).not.toContain("Heron")
  expect(JSON.stringify(must(await listRecords(as(cast.legal), { list: "sharings" })))).toContain("Heron Holding")
})

test("what is not one's own draft, and what concerns another company, answers as what does not exist does", async () => {
  const draft = await drafted(on.db, cast, "Not yet", [{ kind: "party", body: typedParty() }])
  const ask = { requestId: draft.requestId }
  expect(await submitRequest(as(outsider), ask)).toMatchObject(NOTHING)
  expect(await saveProposal(as(outsider), { ...ask, kind: "party", op: "create", body: typedParty() })).toMatchObject(
    NOTHING,
  )
  const review = await submitted(on.db, cast, "Flow", [{ kind: "sharing", body: flow(open) }])
  expect(
    await decideRequest(as(elsewhere), {
      ...{ requestId: review.requestId, hash: review.hash, stage: "legal", entityId: cast.entityId },
      verdict: "approve",
    }),
  ).toMatchObject(NOTHING)
})

test("nobody begins a request that says of itself that it is an import", async () => {
  expect(await draftRequest(as(cast.requester), { title: "Mine", kind: "import" })).toMatchObject({
    ok: false,
    code: "invalid",
  })
})

test("the log tells by none of its filters that a record or request exists", async () => {
  const lawyer = await aPerson(on.db, "Lola Other", ["legal"])
  for (const filter of [{ object: secret }, { act: "request.submit" }, { actor: cast.requester.id }]) {
    const page = must(await readLog(as(lawyer), { ...filter, size: 200 }))
    expect(page.lines.filter((line) => line.act === "withheld")).toEqual([])
    expect(JSON.stringify(page)).not.toContain(secret)
  }
  const all = must(await readLog(as(lawyer), { size: 200 }))
  const hidden = all.lines.filter((line) => line.act === "withheld")
  expect(hidden.length).toBeGreaterThan(0)
  expect(hidden.every((line) => line.actorId === "" && line.bytes === "" && line.hash !== "")).toBe(true)
})

describe("roles that lie together in one person", () => {
  test("a supervisor who is administrator too is noted with every look", async () => {
    const both = await aPerson(on.db, "Suse Both", ["supervisor", "administrator"])
    must(await listRecords(as(both), { list: "parties" }))
    const log = must(await readLog(as(both), { actor: both.id, size: 20 }))
    expect(log.lines.map((line) => line.act)).toContain("look.register.read")
  })
  test("a requester who is administrator too reads no content of the log and talks in their own requests alone", async () => {
    const both = await aPerson(on.db, "Rosa Both", ["requester", "administrator"])
    const log = must(await readLog(as(both), { size: 200 }))
    expect(log.lines.filter((line) => line.act.startsWith("request.")).every((line) => line.bytes === "")).toBe(true)
    expect(log.titles).toEqual({})
    const review = await submitted(on.db, cast, "Theirs", [{ kind: "party", body: typedParty() }])
    expect(await commentRequest(as(both), { requestId: review.requestId, words: "Hm" })).toMatchObject({
      says: "not-allowed.not-own",
    })
  })
})

describe("a right that ends while its holder is acting", () => {
  /** Runs `meanwhile` after everything was looked at and before the log is opened. */
  async function decideWhile(actor: Actor | undefined, meanwhile: () => Promise<unknown>) {
    const review = await submitted(on.db, cast, "While", [{ kind: "party", body: typedParty() }])
    const stage = review.stages.find((one) => one.stage === "procurement")
    let asked = 0
    const scene = sceneFor(on.db, actor ?? null, { pause: async () => void ((asked += 1), await meanwhile()) })
    const outcome = await decideRequest(scene, {
      ...{ requestId: review.requestId, hash: review.hash, stage: "procurement", entityId: stage?.entityId },
      verdict: "approve",
    })
    const sat = await row(on.db, sql`select 1 from decisions where request_id = ${review.requestId}`)
    expect(asked).toBe(1)
    return { outcome, sat }
  }
  test("a role that is taken away decides nothing more", async () => {
    const [actor] = late
    const grantId = actor?.held[0]?.grantId ?? ""
    const { outcome, sat } = await decideWhile(actor, async () => must(await revokeRole(as(OPERATOR), { grantId })))
    expect(outcome).toMatchObject({ ok: false, says: "not-allowed.role" })
    expect(sat).toBeNull()
  })
  test("an account that is shut decides nothing more", async () => {
    const actor = late[1]
    const { outcome, sat } = await decideWhile(actor, async () =>
      must(await disablePerson(as(OPERATOR), { person: actor?.id })),
    )
    expect(outcome).toMatchObject({ ok: false, says: "not-allowed.sign-in" })
    expect(sat).toBeNull()
  })
})
