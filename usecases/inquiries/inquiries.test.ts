import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { queryAddress, readQuery } from "@/domain/inquiries/query"
import { splitLetter } from "@/domain/inquiries/split"
import { typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { aCast, inForce, must, type Cast } from "@/testing/requests"
import { letterMore } from "./letter-part"
import { answerInquiry, makeInquiry, releaseInquiry } from "./inquiries"
import { listInquiries, readInquiry } from "./read-inquiries"

let on: TestDatabase
let cast: Cast
let other: string

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
  other = await anEntity(on.db)
  await inForce(
    on.db,
    cast,
    "Two",
    ["Pair One", "Pair Two"].map((legalName) => ({ kind: "party", body: typedParty({ legalName }) })),
  )
}, 60_000)
afterAll(() => on.drop())

const legal = () => sceneFor(on.db, cast.legal)
const letter = () => ({
  ...{ authority: "Authority of Data", reference: "17/4", receivedOn: "2026-01-05", dueOn: "2026-02-05" },
  ...{ entityIds: [cast.entityId], ...splitLetter("Dear all,\n1. Which parties?\n2. Why?\n(a) In short") },
})

test("a letter is kept, answered, released by another, and opens a package", async () => {
  expect(await makeInquiry(sceneFor(on.db, cast.requester), letter())).toMatchObject({ code: "not-allowed" })
  expect(await makeInquiry(legal(), { ...letter(), questions: [] })).toMatchObject({ code: "invalid" })
  expect(await makeInquiry(legal(), { ...letter(), dueOn: "2026-01-01" })).toMatchObject({ code: "invalid" })
  expect(await makeInquiry(legal(), { ...letter(), receivedOn: "2900-01-01" })).toMatchObject({ code: "invalid" })
  expect(await makeInquiry(legal(), { ...letter(), instant: "2900-01-01T00:00:00Z" })).toMatchObject({
    code: "invalid",
  })
  expect(await makeInquiry(legal(), { ...letter(), responsible: cast.requester.id })).toMatchObject({ code: "invalid" })
  const bound = sceneFor(on.db, await aPerson(on.db, "Lou Bound", ["legal"], cast.entityId))
  expect(await makeInquiry(bound, { ...letter(), entityIds: [cast.entityId, other] })).toMatchObject({
    says: "not-allowed.inquiry-companies",
  })
  const both = must(await makeInquiry(legal(), { ...letter(), entityIds: [cast.entityId, other] }))
  expect(await readInquiry(bound, both)).toMatchObject({ code: "not-found" })
  const { id } = must(await makeInquiry(legal(), letter()))
  expect(must(await listInquiries(bound, {})).lines.map((one) => one.id)).toEqual([id])
  // What comes later is no part of the answer.
  await inForce(on.db, cast, "Later", [{ kind: "party", body: typedParty({ legalName: "Pair Three" }) }])
  expect(await releaseInquiry(sceneFor(on.db, cast.dpo), { id })).toMatchObject({ says: "conflict.inquiry-open" })
  const query = readQuery("/parties")
  const first = { id, place: 0, n: 1, prose: "These two.", query }
  const wide = { ...first, query: { kind: "table", list: "parties", filters: { nonsense: ["x"] } } }
  expect(await answerInquiry(legal(), wide)).toMatchObject({ fields: [{ says: "invalid.inquiry-query" }] })
  expect(await answerInquiry(legal(), { ...first, fileIds: [`fil_${"0".repeat(26)}`] })).toMatchObject({
    code: "invalid",
  })
  expect(await answerInquiry(legal(), { ...first, prose: " " })).toMatchObject({ code: "invalid" })
  const twice = await Promise.all([1, 2].map(() => answerInquiry(legal(), first)))
  expect(twice.filter((one) => one.ok)).toHaveLength(1)
  must(await answerInquiry(sceneFor(on.db, cast.procurement), { id, place: 1, n: 1, prose: "Because." }))
  must(await answerInquiry(legal(), { id, place: 2, n: 1, prose: "Short." }))
  const page = must(await readInquiry(legal(), { id }))
  expect(page.inquiry).toMatchObject({
    authority: "Authority of Data",
    before: "Dear all,",
    answered: 3,
    released: false,
  })
  expect(page.lines[0]).toMatchObject({ prose: "These two.", result: { count: 2, more: false } })
  expect(page.lines[0]?.query && queryAddress(page.lines[0].query, null)).toBe("/parties")
  expect([page.mayRelease, page.lines.map((one) => one.depth)]).toEqual([false, [0, 0, 1]])
  expect(await on.db.transaction((tx) => letterMore(tx, id, cast.dpo, on.db))).toMatchObject({ code: "conflict" })
  expect(await releaseInquiry(legal(), { id })).toMatchObject({ says: "not-allowed.own-answer" })
  expect(await releaseInquiry(sceneFor(on.db, cast.procurement), { id })).toMatchObject({ code: "not-allowed" })
  must(await releaseInquiry(sceneFor(on.db, cast.dpo), { id }))
  expect(await releaseInquiry(sceneFor(on.db, cast.secondLegal), { id })).toMatchObject({
    says: "conflict.inquiry-released",
  })
  const more = must(await on.db.transaction((tx) => letterMore(tx, id, cast.dpo, on.db)))
  expect(more.questions).toBe("questions/letter.txt")
  // Changed since, it waits anew.
  must(await answerInquiry(legal(), { id, place: 1, n: 2, prose: "Because of it." }))
  expect(must(await readInquiry(legal(), { id })).inquiry.released).toBe(false)
  // The database keeps the two apart, and what was said.
  await expect(
    on.db.execute(sql`insert into inquiry_releases (inquiry_id, n, by_person, at, log_index)
      select inquiry_id, 9, by_person, at, log_index + 1 from inquiry_questions where inquiry_id = ${id} order by log_index desc limit 1`),
  ).rejects.toMatchObject({ cause: { code: "ON093" } })
  for (const table of ["inquiries", "inquiry_questions", "inquiry_releases"])
    await expect(on.db.execute(sql`delete from ${sql.identifier(table)}`)).rejects.toThrow()
})
