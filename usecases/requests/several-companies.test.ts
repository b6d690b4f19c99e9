import { sql } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Id } from "@/domain/core/id"
import { known } from "@/domain/core/answer"
import { readLog } from "@/usecases/audit/read-log"
import { newId, type Actor } from "@/usecases/scene"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { must, type Proposed } from "@/testing/requests"
import { decideRequest } from "./decide-request"
import { draftRequest, saveProposal } from "./draft-request"
import { readRequest } from "./read-request"
import { partOfRequest, reviewOfRequest } from "./review-request"
import { sendBack } from "./send-back"
import { submitRequest } from "./submit-request"
import { commentRequest } from "./talk"

let on: TestDatabase
let north: Id<"entity">
let south: Id<"entity">
let author: Actor
let lawyer: Record<"north" | "south" | "both", Actor>
let watcher: Actor
let adviser: Actor

beforeAll(async () => {
  on = await aDatabase()
  north = await anEntity(on.db)
  south = await anEntity(on.db)
  author = await aPerson(on.db, "Ada Author", ["procurement", "requester"])
  lawyer = {
    north: await aPerson(on.db, "Nora North", ["legal"], north),
    south: await aPerson(on.db, "Suse South", ["legal"], south),
    both: await aPerson(on.db, "Bo Both", ["legal"]),
  }
  adviser = await aPerson(on.db, "Dora South", ["dpo"], south)
  watcher = await aPerson(on.db, "Sven Supervisor", ["supervisor"], north)
})
afterAll(() => on.drop())

const as = (actor: Actor) => sceneFor(on.db, actor)
type Ids = Record<"northParty" | "southParty" | "northFlow" | "southFlow", string>

/** A request with a party and a flow for each of two companies; `more` flows in the south make it one by facets. */
async function underReview(more = 0, over: Parameters<typeof typedSharing>[1] = {}, papers = false) {
  const { id: requestId } = must(await draftRequest(as(author), { title: "Hosting for the group" }))
  const save = async (proposal: Proposed): Promise<string> =>
    must(await saveProposal(as(author), { requestId, op: "create", ...proposal })).recordId
  const flow = (entityId: Id<"entity">, partyId: string, title: string, other = over): Proposed => ({
    kind: "sharing",
    body: typedSharing({ entityId, partyId: partyId as Id<"party"> }, { title, ...other }),
  })
  const northParty = await save({ kind: "party", body: typedParty({ legalName: "Northern Lights Ltd" }) })
  const southParty = await save({ kind: "party", body: typedParty({ legalName: "Southern Cross Ltd" }) })
  const ids: Ids = {
    ...{ northParty, southParty },
    northFlow: await save(flow(north, northParty, "Northern hosting", {})),
    southFlow: await save(flow(south, southParty, "Southern hosting")),
  }
  const between = [
    [north, ids.northParty, ids.northFlow],
    [south, ids.southParty, ids.southFlow],
  ] as [Id<"entity">, Id<"party">, Id<"sharing">][]
  for (const [entityId, partyId, flowId] of papers ? between : []) {
    await save({ kind: "agreement", body: typedAgreement({ entityId, partyId }, [flowId]) })
    await save({ kind: "assessment", body: typedAssessment(partyId) })
  }
  for (let i = 0; i < more; i += 1) await save(flow(south, southParty, `Southern hosting ${i}`))
  const done = must(await submitRequest(as(author), { requestId }))
  return { requestId, ids, ...done }
}

describe("of a request over several companies", () => {
  test("each reader sees the proposals, findings and days of their own companies, and how many more there are", async () => {
    const { requestId, ids } = await underReview()
    const page = must(await readRequest(as(lawyer.north), { id: requestId }))
    expect(page.proposals.map((item) => item.recordId).sort()).toEqual(
      [ids.northFlow, ids.northParty, ids.southParty].sort(),
    )
    expect(page.elsewhere).toBe(1)
    const text = JSON.stringify(page)
    expect(text).not.toContain(ids.southFlow)
    expect(text).not.toContain("Southern hosting")
    expect(page.findings.some((finding) => finding.recordId === ids.northFlow)).toBe(true)
    const other = must(await readRequest(as(lawyer.south), { id: requestId }))
    expect(other.findings.some((finding) => finding.recordId === ids.southFlow)).toBe(true)
    for (const actor of [author, lawyer.both]) {
      const whole = must(await readRequest(as(actor), { id: requestId }))
      expect([whole.proposals.length, whole.elsewhere]).toEqual([4, 0])
    }
  })

  test("a supervisor sees no party that is proposed for another company alone", async () => {
    const { requestId, ids } = await underReview()
    const page = must(await readRequest(as(watcher), { id: requestId }))
    expect(page.proposals.map((item) => item.recordId).sort()).toEqual([ids.northFlow, ids.northParty].sort())
    expect(page.elsewhere).toBe(2)
  })

  test("a comment on a record, and the reason of a stage of another company, stay with its readers", async () => {
    const { requestId, ids, hash } = await underReview()
    const say = (words: string, path: string | null) =>
      commentRequest(as(lawyer.both), { requestId, words, path, legalAdvice: false })
    must(await say("The southern necessity is thin.", `${ids.southFlow}.dataLines`))
    must(await say("Please look soon.", null))
    must(
      await decideRequest(as(lawyer.south), {
        ...{ requestId, hash, stage: "legal", entityId: south, verdict: "ask-changes", reason: "Southern paper." },
      }),
    )
    const page = must(await readRequest(as(lawyer.north), { id: requestId }))
    expect(page.comments.map((item) => item.text)).toEqual(["Please look soon."])
    expect(page.decisions.map((item) => [item.verdict, item.reasonText, item.reasonElsewhere])).toEqual([
      ["ask-changes", null, true],
    ])
    const own = must(await readRequest(as(lawyer.south), { id: requestId }))
    expect(own.comments.length).toBe(2)
    expect(own.decisions.map((item) => item.reasonText)).toEqual(["Southern paper."])
  })

  test("advice against is told to everybody who decides, for they have to answer it", async () => {
    const { requestId, hash } = await underReview(0, {}, true)
    must(
      await decideRequest(as(adviser), {
        ...{ requestId, hash, stage: "dpo", entityId: south, verdict: "advise-against", reason: "Not like this." },
      }),
    )
    const page = must(await readRequest(as(lawyer.north), { id: requestId }))
    expect(page.decisions.map((item) => item.reasonText)).toEqual(["Not like this."])
  })

  test("what blocks in another company is said without naming what it is", async () => {
    const lacking = { grounds: [], bases: [], role: known("processor"), purposes: { state: "blank" } } as never
    const { requestId, ids, hash } = await underReview(0, lacking)
    const refused = await decideRequest(as(lawyer.north), {
      ...{ requestId, hash, stage: "legal", entityId: north, verdict: "approve" },
    })
    expect(refused.ok).toBe(false)
    expect(JSON.stringify(refused)).not.toContain(ids.southFlow)
  })

  test("nobody decides a stage of a company in which they hold no seat, whatever they see of the request", async () => {
    const { requestId, hash } = await underReview()
    expect(
      await decideRequest(as(lawyer.north), {
        ...{ requestId, hash, stage: "legal", entityId: south, verdict: "approve" },
      }),
    ).toMatchObject({ ok: false, says: "not-allowed.role" })
  })

  test("its lines by facets, their counts and their search are those of the reader's companies", async () => {
    const { requestId, ids } = await underReview(60)
    const review = must(await reviewOfRequest(as(lawyer.north), { id: requestId, size: 200 }))
    expect([review.whole, review.total, review.rows.length]).toEqual([3, 3, 3])
    expect(Object.fromEntries((review.facets.record ?? []).map((one) => [one.value, one.n]))).toEqual({
      party: 2,
      sharing: 1,
    })
    expect(must(await reviewOfRequest(as(lawyer.north), { id: requestId, q: "southern hosting" })).total).toBe(0)
    expect(must(await reviewOfRequest(as(lawyer.both), { id: requestId })).whole).toBe(64)
    expect(must(await reviewOfRequest(as(watcher), { id: requestId })).whole).toBeLessThanOrEqual(2)
    const shown = must(await readRequest(as(lawyer.north), { id: requestId, show: ids.southFlow }))
    expect(shown.proposals.map((item) => item.recordId)).not.toContain(ids.southFlow)
    expect(shown.elsewhere).toBe(61)
    const part = must(await partOfRequest(as(lawyer.north), { id: requestId, all: true }))
    expect([part.chosen, part.leaving, part.staying, part.stays]).toEqual([3, 3, 0, false])
    expect(JSON.stringify(part)).not.toContain("Southern hosting")
  })

  test("the log names none of its records of another company", async () => {
    const { requestId, ids } = await underReview()
    const lines = must(await readLog(as(lawyer.north), { request: requestId })).lines
    expect(lines.map((line) => line.act)).toEqual(["request.submit"])
    expect(JSON.stringify(lines)).not.toContain(ids.southFlow)
    expect(JSON.stringify(must(await readLog(as(lawyer.both), { request: requestId })).lines)).toContain(ids.southFlow)
  })
})

describe("a part of an import over two companies", () => {
  /** As an import has it: the same content, looked at by facets. */
  async function imported() {
    const under = await underReview(60)
    await on.db.execute(sql`update requests set kind = 'import' where id = ${under.requestId}`)
    return under
  }
  const asked = (under: Awaited<ReturnType<typeof imported>>, records: string[]) => ({
    ...{ requestId: under.requestId, hash: under.hash, stage: "legal", entityId: north, records },
    ...{ reason: "Not ours to keep.", title: "Back" },
  })

  test("a record of another company is sent back by nobody who holds no such seat there", async () => {
    const under = await imported()
    // She may read the south, as one who asks, and yet sits in the north alone.
    const reads = await aPerson(on.db, "Rea Reads", ["legal"], north)
    const grantId = newId(as(reads), "grant")
    const both: Actor = {
      ...reads,
      held: [...reads.held, { grantId, role: "requester", entityId: south, confirmed: true }],
    } as Actor
    expect(await sendBack(as(both), asked(under, [under.ids.southFlow]))).toMatchObject({
      ok: false,
      says: "not-allowed.other-company",
    })
  })
  test("what one does not see is not there to be chosen", async () => {
    const under = await imported()
    expect(await sendBack(as(lawyer.north), asked(under, [under.ids.southFlow]))).toMatchObject({
      ok: false,
      says: "invalid.nothing-chosen",
    })
  })
  test("a party takes no flow of another company along that stands on it", async () => {
    const under = await imported()
    expect(await sendBack(as(lawyer.north), asked(under, [under.ids.southParty]))).toMatchObject({
      ok: false,
      says: "not-allowed.other-company",
    })
  })
  test("whoever reads none of its companies is told of no request", async () => {
    const under = await imported()
    const nowhere = await aPerson(on.db, "Nil Nowhere", ["legal"], await anEntity(on.db))
    expect(await sendBack(as(nowhere), asked(under, [under.ids.southFlow]))).toMatchObject({
      ok: false,
      code: "not-found",
    })
  })
})
