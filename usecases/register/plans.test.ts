import { sql, type SQL } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { byLetters, heldStatement, likeStatement } from "@/db/statements/alike"
import { LISTS, type ListName } from "@/db/statements/list-specs"
import { pageStatement, type ListQuery } from "@/db/statements/lists"
import { fold } from "@/domain/core/fold"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { slipPattern } from "@/domain/register/typo"
import { scopeOf } from "@/usecases/scope"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { loadBench } from "@/testing/bench-load"
import { anEntity, aPerson, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { clockNow, type Actor } from "@/usecases/scene"
import {
  listRequests,
  REQUEST_SORTS,
  requestsStatement,
  type RequestLine,
  type RequestList,
} from "@/usecases/requests/list-requests"
import { draftRequest } from "@/usecases/requests/draft-request"
import { inScope, listRecords } from "./list-records"

let on: TestDatabase
let all: Actor
let few: Actor

beforeAll(async () => {
  on = await aDatabase()
  all = await aPerson(on.db, "Lena Law", ["legal"])
  const entityIds: Id<"entity">[] = []
  for (let i = 0; i < 10; i += 1) entityIds.push(await anEntity(on.db))
  few = await aPerson(on.db, "Lars Law", ["legal"], entityIds[0])
  const size = { parties: 100, sharings: 1_000, agreements: 250, events: 0 }
  await loadBench(on.ownerUrl, size, { entityIds, requestId: "req_01hf7yat01e008000000002000" })
})
afterAll(() => on.drop())

/**
 * The plan where reading everything, and sorting, are the last resort: what then still reads everything or sorts has no
 * index to go by, at any size. The planner's guesses about a small table are kept out of it.
 */
async function planOf(statement: SQL): Promise<string> {
  return on.db.transaction(async (tx) => {
    for (const way of ["enable_seqscan", "enable_sort", "enable_incremental_sort", "enable_bitmapscan"])
      await tx.execute(sql.raw(`set local ${way} = off`))
    const lines = await rows<Record<string, string>>(tx, sql`explain (costs off) ${statement}`)
    return lines.map((line) => line["QUERY PLAN"]).join("\n")
  })
}

const asked = (over: Partial<ListQuery>): ListQuery => ({
  ...{ q: "", filters: {}, excluded: {}, sort: "name", descending: false, after: null, size: 50, asOf: null },
  ...{ today: clockNow().slice(0, 10), reader: "nobody", ...over },
})

const EVERY = (Object.keys(LISTS) as ListName[]).flatMap((list) =>
  Object.keys(LISTS[list].sorts).flatMap((sort) =>
    [false, true].flatMap((descending) => [false, true].map((past) => ({ list, sort, descending, past }))),
  ),
)

describe("every sort that a list offers has its index, now and as of an instant", () => {
  test.each(EVERY)(
    "$list by $sort, descending: $descending, as of: $past",
    async ({ list, sort, descending, past }) => {
      const asOf: Instant | null = past ? clockNow() : null
      const key = sort === "name" ? "m" : clockNow()
      const query = asked({ sort, descending, asOf, after: { key, id: "pty_01hf7yat01e008000000002000" } })
      const plan = await planOf(pageStatement(list, query, inScope(list, scopeOf(all), asOf), null))
      expect(plan).not.toMatch(/Seq Scan|Sort/)
      expect(plan).toMatch(new RegExp(`Index (Only )?Scan.* using ${LISTS[list].table}_`))
    },
  )
})

describe("the table of requests", () => {
  const orders = REQUEST_SORTS.flatMap((sort) => [false, true].map((turned) => ({ sort, turned })))
  const usual = { q: "", state: [], kind: [], mine: false, after: null, size: 25 as const }

  test.each(orders)("has an index for its order: by $sort, turned: $turned", async (order) => {
    const plan = await planOf(requestsStatement({ ...usual, ...order }, scopeOf(all)))
    expect(plan).not.toMatch(/Seq Scan on requests|Sort/)
    expect(plan).toMatch(/Index Scan (Backward )?using requests_/)
  })
  test("gives every request once, in each of its orders", async () => {
    const scene = sceneFor(on.db, all)
    for (let i = 0; i < 30; i += 1) must(await draftRequest(scene, { title: `Request ${(i * 7) % 10}` }))
    for (const order of orders) {
      const found: RequestLine[] = []
      let after: string | null = null
      do {
        const page: RequestList = must(await listRequests(scene, { ...usual, ...order, mine: true, after }))
        found.push(...page.rows)
        after = page.next
      } while (after !== null)
      const keys = found.map((one) =>
        order.sort === "moved" ? one.movedAt : order.sort === "no" ? one.no : fold(one.title),
      )
      const sorted = [...keys].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      expect([order, keys]).toEqual([order, (order.sort === "moved") === order.turned ? sorted : sorted.reverse()])
      expect(new Set(found.map((one) => one.id)).size).toBe(30)
    }
  })
})

test("what was found as of an instant is looked up record by record", async () => {
  const query = asked({ asOf: clockNow(), filters: { findings: ["blocking"] } })
  const plan = await planOf(pageStatement("sharings", query, inScope("sharings", scopeOf(all), query.asOf), null))
  const looked = plan.match(/ on findings f\S*\n\s+Index Cond: \(\(record_id = r\.record_id\)/g)
  expect(looked).toHaveLength((plan.match(/ on findings f/g) ?? []).length)
  expect(looked?.length).toBeGreaterThan(0)
  expect(plan).not.toMatch(/Seq Scan|Sort/)
})

describe("a reader of one company does not pass over the others' rows", () => {
  test.each(["sharings", "agreements"] as const)("in the list of %s", async (list) => {
    for (const sort of ["name", "since"]) {
      const scope = scopeOf(few)
      const plan = await planOf(pageStatement(list, asked({ sort }), inScope(list, scope, null), scope.entities))
      expect(plan).not.toMatch(/Seq Scan/)
      expect(plan).toContain(`${LISTS[list].table}_entity_${sort === "name" ? "now" : "from_now"}`)
    }
  })
})

describe("a search that nothing holds as it was typed", () => {
  const asks = (q: string, over: object = {}) => listRecords(sceneFor(on.db, all), { list: "parties", q, ...over })

  test.each([
    ["a letter missing, in words the other way round", "clod harbor", "harbour cloud"],
    ["two letters swapped", "latnern", "lantern"],
    ["a letter too much", "otterr mail", "otter mail"],
  ])("shows what is alike: %s", async (_what, q, holds) => {
    const page = must(await asks(q))
    expect(page.rows.length).toBeGreaterThan(0)
    expect(page.total).toBeGreaterThanOrEqual(page.rows.length)
    for (const row of page.rows) expect(row.title).toMatch(new RegExp(holds, "i"))
    expect(page.alike?.map((one) => one.typed)).toEqual(q.split(" "))
    expect(page.alike?.flatMap((one) => one.meant)).toEqual(expect.arrayContaining(holds.split(" ")))
  })
  test("keeps sort, pages, filters and the instant, and every page is of the same rows", async () => {
    const first = must(
      await asks("meadwo", { size: 25, descending: true, filters: { country: ["DE", "FR", "IE", "NL"] } }),
    )
    const exact = must(
      await asks("meadow", { size: 25, descending: true, filters: { country: ["DE", "FR", "IE", "NL"] } }),
    )
    expect(first).toMatchObject({ rows: exact.rows, next: exact.next, total: exact.total })
    const small = must(await asks("meadow", { size: 25 }))
    expect(must(await asks("meadwo", { size: 25, asOf: clockNow() })).rows).toEqual(small.rows)
  })
  test("shows nothing where a word is like none, where figures differ, or where only the filters let nothing through", async () => {
    for (const q of ["harbour zeppelin", "999999", "zq"])
      expect(must(await asks(q))).toMatchObject({ rows: [], alike: null })
    const none = must(await asks("lantern", { filters: { country: ["BR"] } }))
    expect(none).toMatchObject({ rows: [], alike: null })
  })
  test("does not tell by what is alike that something is there for others alone", async () => {
    const nth = (n: number) =>
      sql`(select record_id from party_rows where until_at = 'infinity' order by record_id offset ${n} limit 1)`
    await on.db.execute(
      sql`update party_rows set search = 'zanzibar works', restricted_to = array['psn_nobody'] where record_id = ${nth(1)}`,
    )
    expect(must(await asks("zanzibra"))).toMatchObject({ rows: [], alike: null })
    // Nor by there being nothing alike, because the word is held where the reader does not see it.
    await on.db.execute(sql`update party_rows set search = search || ' zanzibir' where record_id = ${nth(0)}`)
    expect(must(await asks("zanzibar")).alike).toEqual([{ typed: "zanzibar", meant: ["zanzibir"] }])
  })
  test.each((Object.keys(LISTS) as ListName[]).flatMap((list) => [false, true].map((past) => ({ list, past }))))(
    "looks for what is alike by the index of letters alone: $list, as of: $past",
    async ({ list, past }) => {
      const within = { asOf: past ? clockNow() : null, today: clockNow().slice(0, 10) }
      const scope = inScope(list, scopeOf(all), within.asOf)
      for (const statement of [
        heldStatement(list, "latnern", within, scope),
        likeStatement(list, slipPattern("latnern"), within, scope),
      ]) {
        const lines = await on.db.transaction(async (tx) =>
          byLetters(tx, () => rows<Record<string, string>>(tx, sql`explain (costs off) ${statement}`)),
        )
        const plan = lines.map((line) => line["QUERY PLAN"]).join("\n")
        expect(plan).toContain(`Bitmap Index Scan on ${LISTS[list].table}_search`)
        expect(plan).not.toMatch(/Seq Scan/)
      }
    },
  )
})
