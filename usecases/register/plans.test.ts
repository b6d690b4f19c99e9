import { sql, type SQL } from "drizzle-orm"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { LISTS, type ListName } from "@/db/statements/list-specs"
import { pageStatement, type ListQuery } from "@/db/statements/lists"
import type { Id } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { scopeOf } from "@/usecases/scope"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { loadBench } from "@/testing/bench-load"
import { anEntity, aPerson } from "@/testing/people"
import { clockNow, type Actor } from "@/usecases/scene"
import { inScope } from "./list-records"

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
