import { createHash, randomBytes } from "node:crypto"
import { readFile, unlink } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { orderShape } from "@/domain/exports/scope"
import { testSigner } from "@/testing/log-key"
import { signHead } from "@/usecases/log/checkpoint"
import { rebuildRows } from "@/usecases/register/rebuild"
import { listRecords } from "@/usecases/register/list-records"
import { commentRequest, withdrawRequest } from "@/usecases/requests/talk"
import { decideRequest } from "@/usecases/requests/decide-request"
import { clockNow, newId, OPERATOR } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement, typedAssessment, typedSharing } from "@/testing/flow"
import { sceneFor } from "@/testing/people"
import { aCast, must, seatOf, submitted, type Cast, type Proposed, type Submitted } from "@/testing/requests"
import { volume } from "@/testing/volume"
import { formsPart } from "./part-forms"
import { verifierPart } from "./part-verifier"
import { PARTS } from "./parts"
import { writePackage } from "./write-package"

const ACTS = volume(200)
/** What people read in a package (report, workbook, the page) takes a while to write: it is in each tenth of them. */
const FOR_PEOPLE = 10
const SEED = 20261124
let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

/** A small generator of its own, so that a failing run can be run again. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

async function exported(asOf: Instant, n: number): Promise<string> {
  const parts = n % FOR_PEOPLE === 0 ? PARTS : PARTS.filter((part) => part !== formsPart && part !== verifierPart)
  const path = join(tmpdir(), `onward-as-of-${randomBytes(8).toString("hex")}.zip`)
  const scene = sceneFor(on.db, OPERATOR)
  const signer = await testSigner(on.db)
  const made = must(
    await on.db.transaction((tx) =>
      writePackage(tx, {
        ...{ scope: scopeOf(OPERATOR), order: orderShape.parse({}), asOf, watermark: null, signer },
        ...{ files: scene.files, path, parts },
      }),
    ),
  )
  const bytes = await readFile(path)
  await unlink(path)
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(made.sha256)
  return made.sha256
}

test(`after each of ${ACTS} random acts an export; at the end every instant gives the same bytes (seed ${SEED})`, async () => {
  const random = mulberry(SEED)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const open: { request: Submitted; left: Submitted["stages"] }[] = []
  const parties: { id: string; version: number }[] = []
  const taken: { at: Instant; sha256: string }[] = []

  const proposals = (round: number): Proposed[] => {
    const known_ = parties.filter((one) => !open.some((other) => other.request.recordIds.includes(one.id)))
    if (known_.length > 3 && random() < 0.5) {
      const { id } = pick(known_)
      const op = random() < 0.2 ? ("end" as const) : ("change" as const)
      return [{ kind: "party", op, recordId: id, body: typedParty({ legalName: `Changed ${round} Ltd` }) }]
    }
    const scene = sceneFor(on.db, cast.requester)
    const [party, sharing] = [newId(scene, "party"), newId(scene, "sharing")]
    const between = { entityId: cast.entityId as Id<"entity">, partyId: party }
    return [
      { kind: "party", recordId: party, body: typedParty({ legalName: `New ${round} Ltd`, risk: known("low") }) },
      { kind: "sharing", recordId: sharing, body: typedSharing(between) },
      { kind: "agreement", body: { ...typedAgreement(between, [sharing]) } },
      { kind: "assessment", body: typedAssessment(party, { validUntil: known(day("2099-12-31")) }) },
    ]
  }

  const one = async (round: number): Promise<void> => {
    const current = open.length ? pick(open) : null
    const dice = random()
    if (!current || (open.length < 6 && dice < 0.3)) {
      const request = await submitted(on.db, cast, `Request ${round}`, proposals(round))
      open.push({ request, left: [...request.stages] })
      return
    }
    if (dice > 0.95) {
      must(
        await commentRequest(sceneFor(on.db, cast.legal), {
          requestId: current.request.requestId,
          words: `Said ${round}`,
        }),
      )
      return
    }
    if (dice > 0.9) {
      must(await withdrawRequest(sceneFor(on.db, cast.requester), { requestId: current.request.requestId }))
      open.splice(open.indexOf(current), 1)
      return
    }
    const stage = current.left.shift()
    if (!stage) throw new Error("no stage left")
    must(
      await decideRequest(sceneFor(on.db, seatOf(cast, stage.stage)), {
        requestId: current.request.requestId,
        hash: current.request.hash,
        stage: stage.stage,
        entityId: stage.entityId,
        verdict: stage.seat === "decides" ? "approve" : "agree",
      }),
    )
    if (current.left.length > 0) return
    open.splice(open.indexOf(current), 1)
    const [party] = await rows<{ standing: string; n: number }>(
      on.db,
      sql`select standing, n from party_rows where record_id = ${current.request.recordIds[0]} and until_at = 'infinity'`,
    )
    const id = current.request.recordIds[0] as string
    const at = parties.findIndex((item) => item.id === id)
    if (at >= 0) parties.splice(at, 1)
    if (party && party.standing !== "ended") parties.push({ id, version: party.n })
  }

  for (let act = 0; act < ACTS; act += 1) {
    await one(act)
    must(await signHead(sceneFor(on.db, OPERATOR), await testSigner(on.db)))
    const head = await logHead(on.db)
    taken.push({ at: head.at, sha256: await exported(head.at, act) })
  }
  expect(new Set(taken.map((item) => item.at)).size).toBe(ACTS)
  expect(new Set(taken.map((item) => item.sha256)).size).toBe(ACTS)
  for (const [n, { at, sha256 }] of taken.entries()) expect(await exported(at, n), at).toBe(sha256)
}, 240_000)

test("the list rows, the tally, findings and coverage are what a rebuild from the versions makes of them", async () => {
  const dump = async (): Promise<unknown> => {
    const all: unknown[] = []
    for (const table of ["party_rows", "sharing_rows", "agreement_rows", "other_rows"])
      all.push(
        await rows(
          on.db,
          sql.raw(
            `select to_jsonb(r) - 'coverage' - 'papered' - 'blocking' - 'warning' - 'checked_at' - 'sharing_count' as r from ${table} r order by record_id, n`,
          ),
        ),
      )
    all.push(
      await rows(
        on.db,
        sql`select record_id, coverage::text, papered::text, blocking::text, warning::text from sharing_rows where until_at = 'infinity' order by 1`,
      ),
      await rows(on.db, sql`select * from record_counts order by kind, entity_id, standing, at`),
      await rows(on.db, sql`select record_id, sharing_count from party_rows where until_at = 'infinity' order by 1`),
      await rows(on.db, sql`select to_jsonb(f) as f from findings f order by record_id, key, from_at`),
      await rows(on.db, sql`select to_jsonb(j) as j from judgements j order by record_id, from_at`),
      await rows(
        on.db,
        sql`select entity_id, clause, verdict, sum(n) as n from promise_turns group by 1, 2, 3 order by 1, 2, 3`,
      ),
    )
    return all
  }
  const before = await dump()
  const made = await on.db.transaction((tx) => rebuildRows(tx, clockNow()))
  expect(made.versions).toBeGreaterThan(ACTS / 4)
  expect(await dump()).toEqual(before)
})

test("a past instant shows the register without what came later; before its first event it says when it begins", async () => {
  const head = await logHead(on.db)
  const [first] = await rows<{ at: Instant; id: string }>(
    on.db,
    sql`select from_at as at, record_id as id from party_rows order by from_at limit 1`,
  )
  if (!first) throw new Error("no party")
  const before = new Date(Date.parse(first.at) - 1).toISOString()
  const ids = async (asOf: string | null) =>
    must(await listRecords(sceneFor(on.db, cast.legal), { list: "parties", asOf, size: 200 })).rows.map((row) => row.id)
  expect(await ids(before)).toEqual([])
  expect(await ids(first.at)).toEqual([first.id])
  expect((await ids(head.at)).length).toBeGreaterThan(3)
  const page = must(
    await listRecords(sceneFor(on.db, cast.legal), { list: "parties", asOf: "2001-01-01T00:00:00.000Z" }),
  )
  expect(page.rows).toEqual([])
  expect(page.began).not.toBeNull()
})
