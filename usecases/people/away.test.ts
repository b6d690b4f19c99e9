import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { logHead } from "@/db/statements/log"
import { addDays, dayIn } from "@/domain/core/day"
import { plusMillis, type Instant } from "@/domain/core/instant"
import type { Role } from "@/domain/people/roles"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { actorById, anEntity, aPerson, sceneFor } from "@/testing/people"
import { startRace } from "@/testing/race"
import { aCast, must, submitted, type Cast, type Submitted } from "@/testing/requests"
import { readInbox } from "@/usecases/told/inbox"
import { tellBegun } from "@/usecases/told/tell-begun"
import { decideRequest } from "@/usecases/requests/decide-request"
import { readRequest } from "@/usecases/requests/read-request"
import { saveProposal } from "@/usecases/requests/draft-request"
import { reopenRequest } from "@/usecases/requests/talk"
import { clockNow, type Actor } from "@/usecases/scene"
import { disablePerson } from "./accounts"
import { endAway, setAway } from "./away"
import { listAway } from "./list-away"
import { readAway } from "./read-away"
import { giveRole, revokeRole } from "./grant-roles"

let on: TestDatabase
let cast: Cast
let zone: string
const today = () => dayIn(zone, clockNow())

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  zone = "Europe/Berlin"
})
afterAll(() => on.drop())

const person = (name: string, ...roles: Role[]): Promise<Actor> => aPerson(on.db, name, roles)
const line = (to: Actor, role = "procurement", entityId: string | null = null) => ({ role, entityId, personId: to.id })
const away = (who: Actor, delegates: object[], over: object = {}) =>
  setAway(sceneFor(on.db, who), { fromOn: today(), toOn: addDays(today(), 14), delegates, ...over })
const aRequest = (title: string): Promise<Submitted> =>
  submitted(on.db, cast, title, [{ kind: "party", body: typedParty({ legalName: `${title} Ltd` }) }])
const decide = (who: Actor, request: Submitted, forWhom: Actor | null, stage = "procurement", now?: Instant) =>
  decideRequest(sceneFor(on.db, who, now ? { now } : {}), {
    requestId: request.requestId,
    hash: request.hash,
    stage,
    entityId: request.stages.find((one) => one.stage === stage)?.entityId,
    verdict: stage === "dpo" ? "agree" : "approve",
    forPerson: forWhom?.id ?? null,
  })
const says = (outcome: { ok: boolean; says?: string; fields?: readonly { says: string }[] }): string =>
  outcome.ok ? "yes" : (outcome.fields?.[0]?.says ?? outcome.says ?? "")

test("who is away names who stands in; that one decides in their own name, and row and event say for whom", async () => {
  const absent = await person("Anna Away", "procurement")
  const delegate = await person("Dirk Delegate", "legal")
  const request = await aRequest("On behalf")
  expect(says(await decide(delegate, request, absent))).toBe("not-allowed.no-delegation")
  const { absenceId } = must(await away(absent, [line(delegate)]))

  const inbox = must(await readInbox(sceneFor(on.db, delegate), {}))
  const waits = inbox.decide.find((one) => one.id === request.requestId)
  expect(waits).toMatchObject({ stages: ["procurement"], forNames: ["Anna Away"] })
  const page = must(await readRequest(sceneFor(on.db, delegate), { id: request.requestId }))
  expect(page.stages.find((one) => one.stage === "procurement")).toMatchObject({
    mayDecide: true,
    forPerson: absent.id,
  })

  expect(says(await decide(delegate, request, null))).toBe("not-allowed.role")
  must(await decide(delegate, request, absent))
  const [decision] = await rows<Record<string, unknown>>(
    on.db,
    sql`select d.person_id, d.for_person, l.bytes::jsonb->'actor' as actor, l.bytes::jsonb->'objects'->1->>'type' as object
      from decisions d join log_leaves l on l.index = d.log_index where d.request_id = ${request.requestId}`,
  )
  expect(decision).toEqual({
    ...{ person_id: delegate.id, for_person: absent.id, object: "delegation" },
    actor: { id: delegate.id, role: "legal", via: "page", for: absent.id },
  })
  // The absent one hears of it, and sits there as well: nowhere else, and edits it no more.
  const told = must(await readInbox(sceneFor(on.db, absent), {})).told.map((one) => [one.kind, one.what])
  expect(told).toContainEqual(["decided", "for-you"])
  const seats = await rows(on.db, sql`select person_id from seats where request_id = ${request.requestId}`)
  expect(seats).toHaveLength(2)
  // Ended by one click: from then on nobody decides for them.
  must(await endAway(sceneFor(on.db, absent), { absenceId }))
  expect(says(await decide(delegate, await aRequest("After the end"), absent))).toBe("not-allowed.no-delegation")
  expect(says(await endAway(sceneFor(on.db, absent), { absenceId }))).toBe("conflict.away-over")
})

test("four eyes hold through a delegation: what either made, and where either sits, neither decides", async () => {
  const absent = await person("Abel Away", "procurement", "legal", "requester")
  const delegate = await person("Dina Delegate", "legal", "requester")
  must(await away(absent, [line(delegate)]))
  const party = { kind: "party", body: typedParty({ legalName: "Mine Ltd" }) } as const
  const byAbsent = await submitted(on.db, { ...cast, requester: absent }, "By the absent", [party])
  expect(says(await decide(delegate, byAbsent, absent))).toBe("not-allowed.absent-author")
  const byDelegate = await submitted(on.db, { ...cast, requester: delegate }, "By the delegate", [party])
  expect(says(await decide(delegate, byDelegate, absent))).toBe("not-allowed.author")

  const high = await aRequest("Stages")
  must(await decide(delegate, high, absent))
  expect(says(await decide(absent, high, null))).toBe("conflict.stage-taken")
  // The officer's seat, which a lawyer may stand in for: neither of the two, who sit at the first.
  const officer = await person("Olga Officer", "dpo")
  must(await away(officer, [line(delegate, "dpo")]))
  expect(says(await decide(delegate, high, officer, "dpo"))).toBe("not-allowed.second-seat")
  const other = await person("Otto Other", "legal")
  const second = await person("Omar Officer", "dpo", "procurement")
  must(await away(second, [line(other, "dpo")]))
  const third = await aRequest("The absent one sits")
  must(await decide(second, third, null))
  expect(says(await decide(other, third, second, "dpo"))).toBe("not-allowed.absent-seat")
  // Whoever was decided for edits no more.
  must(await reopenRequest(sceneFor(on.db, cast.requester), { requestId: high.requestId }))
  const edit = await saveProposal(sceneFor(on.db, absent), { requestId: high.requestId, op: "create", ...party })
  expect(edit.ok).toBe(false)
})

test("delegations do not chain, and lapse with the role, the account and the day", async () => {
  const first = await person("Fred First", "procurement")
  const second = await person("Sven Second", "procurement")
  const third = await person("Tina Third", "legal")
  must(await away(first, [line(second)]))
  must(await away(second, [line(third)]))
  const request = await aRequest("Chain")
  expect(says(await decide(third, request, first))).toBe("not-allowed.no-delegation")
  const late = plusMillis(clockNow(), 16 * 86_400_000)
  expect(says(await decide(third, request, second, "procurement", late))).toBe("not-allowed.no-delegation")
  const grant = second.kind === "person" ? second.held[0]?.grantId : ""
  must(await revokeRole(sceneFor(on.db, await operator()), { grantId: grant }))
  expect(says(await decide(third, request, second))).toBe("not-allowed.no-delegation")
  const shut = await person("Susi Shut", "procurement")
  must(await away(shut, [line(third)]))
  const [{ email } = { email: "" }] = await rows<{ email: string }>(
    on.db,
    sql`select email from people where id = ${shut.id}`,
  )
  must(await disablePerson(sceneFor(on.db, await operator()), { person: email }))
  expect(says(await decide(third, request, shut))).toBe("not-allowed.no-delegation")
})

const operator = async () => (await import("@/usecases/scene")).OPERATOR

test("who may be named, and for which days, is refused with the reason, and leaves nothing behind", async () => {
  const absent = await person("Ada Away", "procurement")
  const lawyer = await person("Leo Law", "legal")
  const cases: [string, object[], object, string][] = [
    ["oneself", [line(absent)], {}, "not-allowed.delegate-self"],
    ["a requester", [line(cast.requester)], {}, "not-allowed.delegate-role"],
    ["a supervisor", [line(await person("Sue Super", "legal", "supervisor"))], {}, "not-allowed.delegate-apart"],
    ["an administrator", [line(await person("Adam Admin", "administrator"))], {}, "not-allowed.delegate-apart"],
    ["for another's role", [line(lawyer, "legal")], {}, "not-allowed.delegate-unheld"],
    ["nobody there is", [{ ...line(lawyer), personId: `psn_0${"1".repeat(25)}` }], {}, "not-allowed.delegate-role"],
    ["the same role twice", [line(lawyer), line(lawyer)], {}, "invalid.away-twice"],
    ["without end", [line(lawyer)], { toOn: null }, "invalid.away-end"],
    ["yesterday", [line(lawyer)], { fromOn: addDays(today(), -2) }, "invalid.away-past"],
    ["a day that is none", [line(lawyer)], { toOn: "2026-02-31" }, "invalid.day"],
    [
      "ended before it begins",
      [line(lawyer)],
      { fromOn: addDays(today(), 5), toOn: addDays(today(), 4) },
      "invalid.away-order",
    ],
  ]
  for (const [name, delegates, over, wanted] of cases)
    expect([name, says(await away(absent, delegates, over))]).toEqual([name, wanted])
  expect(await rows(on.db, sql`select 1 from absences where person_id = ${absent.id}`)).toHaveLength(0)
  must(await away(absent, [], { toOn: null }))
  expect(says(await away(absent, [line(lawyer)]))).toBe("conflict.away-overlaps")
  expect(
    says(await setAway({ ...sceneFor(on.db, await token(absent)), now: clockNow() }, { fromOn: today(), toOn: null })),
  ).toBe("conflict.away-overlaps")
  const nobody = await endAway(sceneFor(on.db, lawyer), {
    absenceId: (
      await rows<{ id: string }>(on.db, sql`select absence_id as id from absences where person_id = ${absent.id}`)
    )[0]?.id,
  })
  expect(says(nobody)).toBe("not-found")
})

const token = async (who: Actor): Promise<Actor> => ({ ...(await actorById(on.db, who.id)), via: "token" }) as Actor

test("two absences set at the same instant: one stands", async () => {
  const absent = await person("Rolf Race", "procurement")
  const came = await Promise.all([away(absent, []), away(absent, [])])
  expect(came.map(says).sort()).toEqual(["conflict.away-overlaps", "yes"])
})

test("the absent one and who stands in decide at the same instant: one wins, and the other is told", async () => {
  const absent = await person("Rita Race", "procurement")
  const delegate = await person("Rene Race", "legal")
  must(await away(absent, [line(delegate)]))
  const race = await startRace(on.appUrl)
  try {
    for (let round = 0; round < 25; round += 1) {
      const request = await aRequest(`Race ${round}`)
      const stage = request.stages.find((one) => one.stage === "procurement")
      const input = {
        requestId: request.requestId,
        hash: request.hash,
        stage: "procurement",
        entityId: stage?.entityId,
        verdict: "approve",
      }
      const came = await race.both([
        { round, personId: absent.id, call: "decide", input },
        { round, personId: delegate.id, call: "decide", input: { ...input, forPerson: absent.id } },
      ])
      expect(came.filter((one) => one.ok)).toHaveLength(1)
      expect(came.find((one) => !one.ok)).toMatchObject({ code: "conflict" })
      const taken = await rows(on.db, sql`select 1 from decisions where request_id = ${request.requestId}`)
      expect(taken).toHaveLength(1)
    }
  } finally {
    await race.end()
  }
}, 60_000)

test("a delegation that ends while a decision is on its way lets it through no more", async () => {
  const absent = await person("Emil End", "procurement")
  const delegate = await person("Eva End", "legal")
  const { absenceId } = must(await away(absent, [line(delegate)]))
  const request = await aRequest("On its way")
  const outcome = await decideRequest(
    sceneFor(on.db, delegate, {
      pause: async (where) => {
        if (where === "before-log") must(await endAway(sceneFor(on.db, absent), { absenceId }))
      },
    }),
    {
      ...{ requestId: request.requestId, hash: request.hash, stage: "procurement", verdict: "approve" },
      entityId: request.stages.find((one) => one.stage === "procurement")?.entityId,
      forPerson: absent.id,
    },
  )
  expect(says(outcome)).toBe("not-allowed.no-delegation")
  expect(await rows(on.db, sql`select 1 from seats where request_id = ${request.requestId}`)).toHaveLength(0)
})

test("by token the same rules hold and the leaf says so; the command line decides on nobody's behalf", async () => {
  const absent = await person("Ines Token", "procurement", "requester")
  const delegate = await token(await person("Ivo Token", "legal"))
  must(await away(absent, [line(delegate)]))
  const party = { kind: "party", body: typedParty({ legalName: "Token Ltd" }) } as const
  const own = await submitted(on.db, { ...cast, requester: absent }, "Of the absent one", [party])
  expect(says(await decide(delegate, own, absent))).toBe("not-allowed.absent-author")
  const request = await aRequest("By token")
  expect(says(await decide(await operator(), request, absent))).toBe("not-allowed.needs-person")
  must(await decide(delegate, request, absent))
  const [leaf] = await rows<{ actor: object }>(
    on.db,
    sql`select l.bytes::jsonb->'actor' as actor from decisions d join log_leaves l on l.index = d.log_index where d.request_id = ${request.requestId}`,
  )
  expect(leaf?.actor).toEqual({ id: delegate.id, role: "legal", via: "token", for: absent.id })
})

test("one company's delegate decides in that company alone", async () => {
  const other = await anEntity(on.db)
  const absent = await person("Clara Company", "procurement")
  const delegate = await person("Carl Company", "legal")
  must(await away(absent, [line(delegate, "procurement", other)]))
  expect(says(await decide(delegate, await aRequest("Elsewhere"), absent))).toBe("not-allowed.no-delegation")
})

test("who stands in is told once of what waits already, and of what comes", async () => {
  const absent = await person("Tom Told", "procurement")
  const delegate = await person("Toni Told", "legal")
  const waiting = await aRequest("Waits already")
  must(await away(absent, [line(delegate)]))
  await tellBegun({ db: on.db, now: clockNow() })
  await tellBegun({ db: on.db, now: clockNow() })
  const later = await aRequest("Comes later")
  const told = await rows<{ id: string }>(
    on.db,
    sql`select request_id as id from tellings where person_id = ${delegate.id} and kind = 'decide' and request_id = any(array[${waiting.requestId}, ${later.requestId}]) order by at`,
  )
  expect(told.map((one) => one.id)).toEqual([waiting.requestId, later.requestId])
})

test("the database itself takes no decision on behalf of somebody without a delegation in effect, and rewrites none", async () => {
  const absent = await person("Dora Database", "procurement")
  const delegate = await person("Dan Database", "legal")
  const request = await aRequest("Past the rules")
  const stage = request.stages.find((one) => one.stage === "procurement")
  const { absenceId } = must(await away(absent, [line(delegate)], { fromOn: addDays(today(), 3) }))
  const [lent] = await rows<{ id: string }>(
    on.db,
    sql`select delegation_id as id from delegations where absence_id = ${absenceId}`,
  )
  for (const who of [absent.id, delegate.id])
    await on.db.execute(
      sql`insert into seats (request_id, person_id, stage, entity_id) values (${request.requestId}, ${who}, 'procurement', ${stage?.entityId})`,
    )
  const forged = on.db
    .execute(sql`insert into decisions (id, request_id, revision, stage, entity_id, person_id, verdict, hash, at, log_index, for_person, delegation_id)
    values (${`dec_0${"1".repeat(25)}`}, ${request.requestId}, 1, 'procurement', ${stage?.entityId}, ${delegate.id}, 'approve', ${request.hash}, now(), 0, ${absent.id}, ${lent?.id})`)
  await expect(forged).rejects.toMatchObject({ cause: { code: "ON021" } })
  const longer = on.db
    .execute(sql`insert into delegations select delegation_id, n + 1, absence_id, person_id, delegate_id, role, entity_id, from_at,
    until_at + interval '1 year', state, now(), by_person, log_index from delegations where delegation_id = ${lent?.id}`)
  await expect(longer).rejects.toMatchObject({ cause: { code: "ON012" } })
  const beside = on.db
    .execute(sql`insert into absences select ${`abs_0${"1".repeat(25)}`}, 1, person_id, from_on, to_on, zone, from_at, until_at, 'set', now(), by_person, log_index
    from absences where absence_id = ${absenceId}`)
  await expect(beside).rejects.toMatchObject({ cause: { code: "ON023" } })
  for (const table of ["absences", "delegations"])
    await expect(on.db.execute(sql.raw(`delete from ${table}`))).rejects.toMatchObject({ cause: { code: "42501" } })
})

test("who was entitled to decide at an instant has an answer, before, while and after", async () => {
  const absent = await person("Asta As-of", "procurement")
  const delegate = await person("Arno As-of", "legal")
  const lent = async (asOf: Instant | null) =>
    must(await listAway(sceneFor(on.db, await operator()), { asOf })).entitled.filter(
      (one) => one.forPerson === absent.id,
    )
  const before = (await logHead(on.db)).at
  const { absenceId } = must(await away(absent, [line(delegate)]))
  const during = (await logHead(on.db)).at
  // One line for each company in which the absent one holds the role.
  for (const one of await lent(during))
    expect(one).toMatchObject({ name: "Arno As-of", role: "procurement", forName: "Asta As-of" })
  must(await endAway(sceneFor(on.db, absent), { absenceId }))
  expect(await lent(before)).toEqual([])
  expect(await lent(null)).toEqual([])
  expect((await lent(during)).map((one) => one.entityId)).toContain(cast.entityId)
  // An absence without an end, or with nobody who stands in, is there for the administrator to see.
  must(await away(absent, [], { toOn: null }))
  const { away: list } = must(await listAway(sceneFor(on.db, await operator()), { asOf: null }))
  expect(list.find((one) => one.personId === absent.id)).toMatchObject({ toOn: null, delegates: [] })
})

test("whom one may name is shown with the open requests that they could not decide, and why", async () => {
  const absent = await person("Kim Conflict", "procurement")
  const author = await person("Kay Conflict", "legal", "requester")
  const seated = await person("Kurt Conflict", "legal", "dpo")
  const made = await submitted(on.db, { ...cast, requester: author }, "Made by a candidate", [
    { kind: "party", body: typedParty({ legalName: "Candidate Ltd" }) },
  ])
  must(await decide(seated, made, null, "dpo"))
  const { lendable } = must(await readAway(sceneFor(on.db, absent), {}))
  const everywhere = lendable.find((one) => one.entityId === null)
  const why = (name: string) =>
    everywhere?.candidates
      .find((one) => one.name === name)
      ?.conflicts.filter((one) => one.requestId === made.requestId)
      .map((one) => one.says)
  expect(everywhere?.role).toBe("procurement")
  expect(why("Kay Conflict")).toEqual(["away.conflict.author"])
  expect(why("Kurt Conflict")).toEqual(["away.conflict.seat"])
  expect(why("Lars Law")).toEqual([])
  expect(everywhere?.candidates.map((one) => one.name)).not.toContain("Rita Request")
})

// From the second administrator on a role waits to be confirmed, so this one comes last.
test("a role given back after a delegation was named does not widen what was lent", async () => {
  const absent = await person("Wim Wide", "procurement")
  const delegate = await person("Wanda Wide", "legal")
  must(await away(absent, [line(delegate)]))
  const admin = await person("Alma Admin", "administrator")
  must(await giveRole(sceneFor(on.db, admin), { personId: absent.id, role: "dpo", entityId: null }))
  expect(says(await decide(delegate, await aRequest("Wider"), absent, "dpo"))).toBe("not-allowed.no-delegation")
})
