import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { closeDb, openDb, rows } from "@/db/connect"
import { nextLine } from "@/db/statements/bulk"
import { known } from "@/domain/core/answer"
import { addDays, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { FAR_ENDS, typedAgreement } from "@/testing/flow"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, submitted, type Cast, type Submitted } from "@/testing/requests"
import { clockNow, type Actor } from "@/usecases/scene"
import { setAway } from "@/usecases/people/away"
import { decideRequest } from "./decide-request"
import { decideTogether, listTogether, readTogether, workOff, workOffAll } from "./decide-together"
import { reopenRequest } from "./talk"

let on: TestDatabase
let cast: Cast
let papers: string[]
let paper: (n: number) => ReturnType<typeof typedAgreement>
const END = FAR_ENDS

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  const [partyId] = (await inForce(on.db, cast, "The party", [{ kind: "party", body: typedParty() }])) as [Id<"party">]
  const between = { entityId: cast.entityId as Id<"entity">, partyId }
  paper = (n) => typedAgreement(between, [], { title: `Paper ${n}`, signatories: [], kind: "confidentiality" })
  papers = await inForce(
    on.db,
    cast,
    "Papers",
    Array.from({ length: 12 }, (_, n) => ({ kind: "agreement" as const, body: paper(n) })),
  )
})
afterAll(() => on.drop())

const renewal = (n: number, by: Cast = cast): Promise<Submitted> =>
  submitted(on.db, by, `Renewal ${n}`, [
    {
      kind: "agreement",
      op: "change",
      recordId: papers[n] ?? "",
      body: { ...paper(n), endsOn: known(addDays(END, 365)) },
    },
  ])
const ending = (n: number): Promise<Submitted> =>
  submitted(on.db, cast, `Ending ${n}`, [{ kind: "agreement", op: "end", recordId: papers[n] ?? "", body: paper(n) }])
const chosen = (request: Submitted, over: object = {}) => ({
  ...{ requestId: request.requestId, hash: request.hash, stage: "procurement", entityId: cast.entityId },
  ...over,
})
const together = (who: Actor, list: object[], over: object = {}) =>
  decideTogether(sceneFor(on.db, who), { verdict: "approve", chosen: list, ...over })
const came = async (who: Actor, id: string) =>
  must(await readTogether(sceneFor(on.db, who), { id })).lines.map((one) => [one.title, one.state, one.says])
const says = (outcome: { ok: boolean; says?: string; fields?: readonly { says: string }[] }): string =>
  outcome.ok ? "yes" : (outcome.fields?.[0]?.says ?? outcome.says ?? "")

test("renewals and ends are decided together, each by itself: taken, or refused with the reason", async () => {
  const [one, two, end] = [await renewal(0), await renewal(1), await ending(2)]
  const first = await submitted(on.db, cast, "A first approval", [
    { kind: "party", body: typedParty({ legalName: "New Ltd" }) },
  ])
  const moved = await renewal(3)
  const own = await renewal(4, { ...cast, requester: await aPerson(on.db, "Own Author", ["procurement", "requester"]) })
  const listed = must(await listTogether(sceneFor(on.db, cast.procurement), {}))
  expect(listed.counts).toEqual({ renewal: 4, ending: 1 })
  expect(listed.rows.map((row) => row.title)).not.toContain("A first approval")
  expect(listed.rows[0]?.place).toMatchObject({ stage: "procurement", seat: "decides", forPerson: null })

  must(await reopenRequest(sceneFor(on.db, cast.requester), { requestId: moved.requestId }))
  const list = [one, two, end, first, moved].map((request) => chosen(request))
  const { id } = must(
    await together(cast.procurement, [...list, chosen(own, { stage: "legal" })], { reason: "Terms unchanged." }),
  )
  expect(await came(cast.procurement, id)).toEqual([
    ["Renewal 0", "taken", null],
    ["Renewal 1", "taken", null],
    ["Ending 2", "taken", null],
    ["A first approval", "refused", "not-allowed.not-alike"],
    ["Renewal 3", "refused", "conflict.not-in-review"],
    ["Renewal 4", "refused", "not-allowed.no-such-stage"],
  ])
  // Each its own event, with its own hash; the renewals are in force, the end waits for the lawyer.
  const events = await rows<{ hash: string }>(
    on.db,
    sql`select l.bytes::jsonb->'after'->>'hash' as hash from log_leaves l where l.act = 'request.decide'
      and l.request_id = any(array[${one.requestId}, ${two.requestId}, ${end.requestId}]) order by l.index`,
  )
  expect(events.map((event) => event.hash)).toEqual([one.hash, two.hash, end.hash])
  const states = await rows<{ state: string }>(
    on.db,
    sql`select state from requests where id = any(array[${one.requestId}, ${two.requestId}, ${end.requestId}]) order by no`,
  )
  expect(states.map((row) => row.state)).toEqual(["approved", "approved", "in-review"])
  // The reason is kept sealed with each decision, and no longer in the clear.
  expect(await rows(on.db, sql`select reason from bulk_decisions where id = ${id}`)).toEqual([{ reason: null }])
  expect(says(await readTogether(sceneFor(on.db, cast.legal), { id }))).toBe("not-found")
})

test("what was chosen by filter is counted again when it is sent", async () => {
  const request = await renewal(5)
  const counted = { alike: "renewal", q: "Renewal 5", total: 1 }
  expect(says(await together(cast.procurement, [chosen(request)], { counted: { ...counted, total: 2 } }))).toBe(
    "conflict.together-moved",
  )
  must(await together(cast.procurement, [chosen(request)], { counted }))
})

test("a word that needs a reason, nothing chosen, too much, twice, and what one may not know are refused whole", async () => {
  const request = await renewal(6)
  const line = chosen(request)
  expect(says(await together(cast.procurement, [line], { verdict: "refuse" }))).toBe("invalid.reason")
  expect(says(await together(cast.procurement, []))).toBe("invalid.together-none")
  expect(
    says(
      await together(
        cast.procurement,
        Array.from({ length: 501 }, () => line),
      ),
    ),
  ).toBe("invalid.together-many")
  expect(says(await together(cast.procurement, [line, line]))).toBe("invalid.together-twice")
  expect(says(await together(cast.procurement, [{ ...line, requestId: `req_0${"1".repeat(25)}` }]))).toBe("not-found")
  expect(says(await together(cast.requester, [line]))).toBe("not-allowed.role")
  const stale = { ...cast.procurement, provedAt: "2020-01-01T00:00:00.000Z" } as Actor
  expect(says(await together(stale, [line]))).toBe("not-allowed.prove")
  expect(await rows(on.db, sql`select 1 from decisions where request_id = ${request.requestId}`)).toHaveLength(0)
})

test("what is left when the process ends goes on: nothing is decided twice, and what was taken is taken", async () => {
  const [one, two] = [await renewal(7), await renewal(8)]
  const scene = sceneFor(on.db, cast.procurement)
  const { id } = must(await together(cast.procurement, [chosen(one), chosen(two)]))
  // As if the process had ended between the decision and its line.
  await on.db.execute(sql`update bulk_lines set state = 'waiting', says = null, tried_at = null where bulk_id = ${id}`)
  await on.db.execute(sql`update bulk_decisions set done_at = null where id = ${id}`)
  expect(await workOff(scene, id, 0)).toBe(true)
  expect((await came(cast.procurement, id)).map((line) => line[1])).toEqual(["waiting", "waiting"])
  // A line that was begun and never ended comes after those that nobody tried.
  const next = async () => (await nextLine(on.db, id))?.position
  expect([await next(), await next(), await next()]).toEqual([0, 1, 0])
  await Promise.all([workOffAll(scene), workOffAll(scene)])
  expect((await came(cast.procurement, id)).map((line) => line[1])).toEqual(["taken", "taken"])
  expect(
    await rows(on.db, sql`select 1 from decisions where request_id = any(array[${one.requestId}, ${two.requestId}])`),
  ).toHaveLength(2)
})

test("a delegate decides together on behalf of the absent one, by the same rules", async () => {
  const absent = await aPerson(on.db, "Ute Away", ["procurement"])
  const delegate = await aPerson(on.db, "Lou Law", ["legal"])
  const from = addDays(dayIn("Europe/Berlin", clockNow()), 1)
  const until = addDays(from, 8)
  must(
    await setAway(sceneFor(on.db, absent), {
      fromOn: from,
      toOn: until,
      delegates: [{ role: "procurement", personId: delegate.id }],
    }),
  )
  const request = await renewal(9)
  const early = must(await together(delegate, [chosen(request, { forPerson: absent.id })]))
  expect(await came(delegate, early.id)).toEqual([["Renewal 9", "refused", "not-allowed.no-delegation"]])
  const other = await decideRequest(sceneFor(on.db, cast.procurement), { ...chosen(request), verdict: "approve" })
  expect(other.ok).toBe(true)
})

test("a line that breaks on our side is told as such, and those after it are decided", async () => {
  const [broken, next] = [await renewal(10), await renewal(11)]
  const owner = openDb(on.ownerUrl, { name: "onward-test-owner", max: 1 })
  await owner.execute(
    sql.raw(`create function break_line() returns trigger language plpgsql as $$ begin
      if new.request_id = '${broken.requestId}' then raise exception 'broken' using errcode = 'XX000'; end if; return new; end $$;
      create trigger break_line before insert on decisions for each row execute function break_line()`),
  )
  try {
    const { id } = must(await together(cast.procurement, [chosen(broken), chosen(next)]))
    expect(await came(cast.procurement, id)).toEqual([
      ["Renewal 10", "refused", "conflict.line-broke"],
      ["Renewal 11", "taken", null],
    ])
  } finally {
    await owner.execute(sql.raw("drop trigger break_line on decisions; drop function break_line()"))
    await closeDb(owner)
  }
})
