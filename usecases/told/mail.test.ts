import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { openPost, type Post } from "@/adapters/mail/smtp"
import { row, rows } from "@/db/connect"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aMailServer, type MailServerInTest } from "@/testing/mail-server"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, submitted, type Cast } from "@/testing/requests"
import { wholeFlow } from "@/testing/told"
import { revokeRole } from "@/usecases/people/grant-roles"
import { decideRequest } from "@/usecases/requests/decide-request"
import { commentRequest } from "@/usecases/requests/talk"
import { clockNow, OPERATOR } from "@/usecases/scene"
import { composeMails } from "./compose"
import { deliverMails, type Posting } from "./deliver"

let on: TestDatabase
let cast: Cast
let server: MailServerInTest
let post: Post
let posting: Posting

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  await wants(cast.dpo.id, { decide: "off" })
})
beforeEach(async () => {
  await on.db.execute(sql`delete from mails`)
  await on.db.execute(sql`delete from tellings`)
  server = await aMailServer()
  post = openPost({ ...line, port: server.port })
  posting = {
    post,
    say: (key, params = {}) => `${key} ${Object.values(params).join(" ")}`,
    day: (day) => day,
    url: URL,
  }
})
afterEach(async () => {
  post.close()
  await server.stop()
})
afterAll(() => on.drop())

const URL = "https://onward.example"
const line = { host: "127.0.0.1", secure: false, loopback: true, user: "", password: "", from: "onward@onward.example" }
const SETTLED = 60_000
const later = (minutes: number): Instant => plusMillis(clockNow(), SETTLED + minutes * 60_000)

const asked = (title: string, over = {}) => submitted(on.db, cast, title, [{ kind: "party", body: typedParty(over) }])
const compose = (now = later(0)) => composeMails({ db: on.db, now })
const deliver = (now = later(0)) => deliverMails({ db: on.db }, posting, () => now)
const wants = (personId: string, ways: object) =>
  on.db.execute(
    sql`insert into told_ways (person_id, ways) values (${personId}, ${JSON.stringify(ways)}::jsonb) on conflict (person_id) do update set ways = excluded.ways`,
  )
const outbox = () =>
  rows<{ state: string; tries: number; problem: string | null }>(
    on.db,
    sql`select state, tries, problem from mails order by at, key`,
  )

test("a request is mailed once to whoever may decide it, with a link to its page", async () => {
  const request = await asked("Acme may receive e-mail")
  expect(await compose(clockNow())).toBe(0)
  expect(await compose()).toBe(1)
  expect(await deliver()).toBe(1)
  const [mail] = server.got
  expect(mail?.from).toBe("onward@onward.example")
  expect(mail?.to).toEqual([expect.stringMatching(/^piet\.procure\..*@example\.test$/)])
  expect(mail?.text).toContain(`${URL}/requests/${request.requestId}`)
  expect(mail?.html).toContain(`href="${URL}/requests/${request.requestId}"`)
  expect(mail?.headers["auto-submitted"]).toBe("auto-generated")
  expect(mail?.headers["message-id"]).toMatch(/^<[0-9a-f]{40}@onward\.example>$/)
  expect(await compose(later(5))).toBe(0)
  expect(await deliver(later(5))).toBe(0)
  expect(server.got).toHaveLength(1)
  expect(await outbox()).toEqual([{ state: "sent", tries: 1, problem: null }])
})

test("the outbox holds neither an address, nor a name, nor a title", async () => {
  await asked("Secret sauce")
  await compose()
  const held = await row<{ all: string }>(
    on.db,
    sql`select (select string_agg(to_jsonb(m)::text, '') from mails m) || (select string_agg(to_jsonb(t)::text, '') from tellings t) as all`,
  )
  expect(held?.all).not.toMatch(/@|Piet|Rita|Secret/)
})

test("two workers at once hand over each mail once", async () => {
  for (let n = 0; n < 8; n += 1) {
    await asked(`Request ${n}`)
    await compose(later(n * 2))
  }
  const now = later(60)
  const sent = await Promise.all([compose(now), compose(now), deliver(now), deliver(now), deliver(now)])
  expect(sent.slice(2).reduce((sum, n) => sum + n, 0)).toBe(8)
  expect(server.got).toHaveLength(8)
  expect(new Set(server.got.map((mail) => mail.headers["message-id"])).size).toBe(8)
})

test("a mail of a worker that fell is taken by another when its lease is over, under the same name", async () => {
  await asked("Falls")
  await compose()
  let fell = 0
  const falling = { ...posting, post: { ...post, send: () => Promise.reject(new Error(`fell ${(fell += 1)}`)) } }
  await expect(deliverMails({ db: on.db }, falling, () => later(0))).rejects.toThrow("fell 1")
  expect(await deliver(later(1))).toBe(0)
  expect(await deliver(later(6))).toBe(1)
  expect(server.got).toHaveLength(1)
})

test("a server that says later is asked again, later and later, until it takes it", async () => {
  server.answers((n) => (n < 2 ? { code: 451, says: "4.7.1 try again, piet.procure@example.test" } : null))
  await asked("Later")
  await compose()
  expect(await deliver()).toBe(0)
  expect(await outbox()).toEqual([{ state: "waiting", tries: 1, problem: "451" }])
  expect(await deliver()).toBe(0)
  expect(server.tries()).toBe(1)
  expect(await deliver(later(1))).toBe(0)
  expect(await deliver(later(2))).toBe(0)
  expect(server.tries()).toBe(2)
  expect(await deliver(later(6))).toBe(1)
  expect(await outbox()).toEqual([{ state: "sent", tries: 3, problem: null }])
})

test("a server that says never is asked once, and the others' mails go on", async () => {
  const second = await aPerson(on.db, "Paula Procure", ["procurement"])
  server.answers((_n, to) => (to.startsWith("piet") ? { code: 550, says: "5.1.1 no such person" } : null))
  await asked("Never")
  await compose()
  expect(await deliver()).toBe(1)
  expect(await deliver(later(600))).toBe(0)
  expect((await outbox()).map((one) => [one.state, one.tries, one.problem]).sort()).toEqual([
    ["failed", 1, "550"],
    ["sent", 1, null],
  ])
  await on.db.execute(sql`update people set state = 'disabled' where id = ${second.id}`)
})

test("a server that is not there costs one try a round, and nothing is lost", async () => {
  await asked("One")
  await compose()
  await asked("Two")
  await compose(later(1))
  await server.stop()
  expect(await deliver(later(1))).toBe(0)
  expect((await outbox()).map((one) => [one.state, one.tries]).sort()).toEqual([
    ["waiting", 0],
    ["waiting", 1],
  ])
  expect((await outbox()).find((one) => one.tries === 1)?.problem).toMatch(/^E[A-Z]+$/)
})

test("several things at once are one mail", async () => {
  await asked("First")
  await asked("Second")
  expect(await compose()).toBe(1)
  await deliver()
  expect(server.got).toHaveLength(1)
  expect(server.got[0]?.text).toContain("First")
  expect(server.got[0]?.text).toContain("Second")
})

test("what was decided meanwhile is asked for no more, and an empty mail is not sent", async () => {
  const request = await asked("Decided before the mail went")
  await compose()
  must(
    await decideRequest(sceneFor(on.db, cast.procurement), {
      ...{
        requestId: request.requestId,
        hash: request.hash,
        stage: "procurement",
        entityId: request.stages[0]?.entityId,
      },
      verdict: "approve",
    }),
  )
  expect(await deliver()).toBe(0)
  expect(server.tries()).toBe(0)
  expect(await outbox()).toEqual([{ state: "empty", tries: 1, problem: null }])
})

test("a request that became restricted after the mail was made goes to nobody who may not know of it", async () => {
  const request = await asked("Unsigned merger")
  await compose()
  await on.db.execute(
    sql`update requests set restricted_to = array[${cast.requester.id}] where id = ${request.requestId}`,
  )
  expect(await deliver()).toBe(0)
  expect(JSON.stringify(server.got)).not.toContain("merger")
  expect((await outbox()).map((one) => one.state)).toEqual(["empty"])
})

test("who was shut out since gets no mail", async () => {
  await asked("Gone")
  await compose()
  await on.db.execute(sql`update people set state = 'disabled' where id = ${cast.procurement.id}`)
  expect(await deliver()).toBe(0)
  await on.db.execute(sql`update people set state = 'active' where id = ${cast.procurement.id}`)
  expect(server.tries()).toBe(0)
})

test("a title that would be a header, and a name that would be a tag, are neither", async () => {
  await on.db.execute(
    sql`update people set name = ${'Eve"\r\nBcc: all@evil.example\r\n<script>1</script>'} where id = ${cast.procurement.id}`,
  )
  await asked("Acme\r\nBcc: all@evil.example\r\n\r\n<img src=x onerror=alert(1)>")
  await compose()
  expect(await deliver()).toBe(1)
  await on.db.execute(sql`update people set name = 'Piet Procure' where id = ${cast.procurement.id}`)
  const [mail] = server.got
  expect(mail?.to).toHaveLength(1)
  expect(Object.keys(mail?.headers ?? {}).sort()).toEqual(
    [
      ...["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"],
      "x-auto-response-suppress",
    ].sort(),
  )
  expect(mail?.html).not.toMatch(/<(script|img)/)
})

test("what is good to know comes once a working day, in the morning where the person is", async () => {
  const friday = "2030-11-29T09:00:00.000Z" as Instant
  const request = await asked("Commented")
  for (const words of ["One", "Two"])
    must(await commentRequest(sceneFor(on.db, cast.legal), { requestId: request.requestId, words }))
  await on.db.execute(sql`delete from tellings where kind = 'decide'`)
  await on.db.execute(sql`update told_ways set digest_on = null`)
  expect(await compose("2030-11-29T05:00:00.000Z" as Instant)).toBe(0)
  expect(await compose(friday)).toBe(1)
  must(await commentRequest(sceneFor(on.db, cast.legal), { requestId: request.requestId, words: "Three" }))
  expect(await compose("2030-11-29T15:00:00.000Z" as Instant)).toBe(0)
  expect(await compose("2030-11-30T09:00:00.000Z" as Instant)).toBe(0)
  expect(await compose("2030-12-02T09:00:00.000Z" as Instant)).toBe(1)
  expect(await deliver("2030-12-02T09:00:00.000Z" as Instant)).toBe(2)
  expect(server.got.map((mail) => mail.text.match(/told\.says\.commented/g)?.length)).toEqual([2, 1])
})

test("who wants no mail of a kind gets none, and sees it all the same", async () => {
  await wants(cast.procurement.id, { decide: "off" })
  await asked("Quiet")
  expect(await compose()).toBe(0)
  expect(await rows(on.db, sql`select distinct mail from tellings`)).toEqual([{ mail: "none" }])
  await wants(cast.procurement.id, {})
})

test("mails that waited a week for a server are not sent any more", async () => {
  await asked("Old")
  await compose()
  expect(await deliver(later(60 * 24 * 8))).toBe(0)
  expect(server.tries()).toBe(0)
  expect((await outbox()).map((one) => one.state)).toEqual(["stale"])
})

test("who could decide is asked no more once a colleague did", async () => {
  await aPerson(on.db, "Pat Colleague", ["procurement"])
  const { requestId, hash, stages } = await submitted(on.db, cast, "A whole flow", wholeFlow(on.db, cast))
  await compose()
  const entityId = stages[0]?.entityId
  const choice = { requestId, hash, stage: "procurement", entityId, verdict: "approve" }
  must(await decideRequest(sceneFor(on.db, cast.procurement), choice))
  expect(await deliver()).toBeGreaterThan(0)
  expect(server.got.filter((mail) => /^(pat|piet)\./.test(mail.to[0] ?? ""))).toEqual([])
})

test("an administrator, who has no inbox, is mailed what is theirs to mend: files that are damaged", async () => {
  const ada = await aPerson(on.db, "Ada Admin", ["administrator"])
  await on.db.execute(sql`insert into tellings (key, person_id, kind, at, what, mail)
    values ('faults', ${ada.id}, 'file', ${clockNow()}::timestamptz, 'faults', 'waiting')`)
  await compose()
  expect(await deliver()).toBe(1)
  expect(server.got[0]?.text).toContain("told.says.file.faults")
  expect(server.got[0]?.text).toContain(`${URL}/admin/files`)
})

test("whoever lost every role is told of nothing by mail, a party neither", async () => {
  const leaver = await aPerson(on.db, "Lou Leaver", ["procurement"])
  const [party] = await inForce(on.db, cast, "Stays", [{ kind: "party", body: typedParty() }])
  await on.db.execute(sql`delete from tellings`)
  await wants(leaver.id, { found: "at-once" })
  await on.db.execute(sql`insert into tellings (key, person_id, kind, at, record_id, mail)
    values ('leaver', ${leaver.id}, 'found', ${clockNow()}::timestamptz, ${party}, 'waiting')`)
  await compose()
  if (leaver.kind === "person")
    for (const { grantId } of leaver.held) must(await revokeRole(sceneFor(on.db, OPERATOR), { grantId }))
  expect(await deliver()).toBe(0)
  expect(await outbox()).toEqual([{ state: "empty", tries: 1, problem: null }])
})
