import { sql } from "drizzle-orm"
import pg from "pg"
import { afterAll, beforeAll, expect, test } from "vitest"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, anEntity } from "@/testing/people"
import { rows } from "./connect"
import { appendLog, openLog } from "./statements/log"
import { clockNow } from "@/usecases/scene"

let on: TestDatabase
let superuser: pg.Client

beforeAll(async () => {
  on = await aDatabase()
  await anEntity(on.db)
  await aPerson(on.db, "Some Body", ["requester"])
  superuser = new pg.Client({ connectionString: on.ownerUrl })
  await superuser.connect()
})
afterAll(async () => {
  await superuser.end()
  await on.drop()
})

const STANDING = [
  "log_leaves",
  "log_objects",
  "log_nodes",
  "records",
  "versions",
  "version_refs",
  "provenance",
  "role_grants",
  "revisions",
  "revision_proposals",
  "revision_stages",
  "seats",
  "decisions",
  "comments",
  "request_authors",
  "stage_rules",
  "stage_rule_decisions",
  "work_calendars",
]

test.each(STANDING)("%s refuses UPDATE, DELETE and TRUNCATE, even from a superuser in replica mode", async (table) => {
  await superuser.query("set session_replication_role = replica")
  const column = (
    await superuser.query(
      "select column_name as name from information_schema.columns where table_name = $1 order by ordinal_position limit 1",
      [table],
    )
  ).rows[0].name
  await expect(superuser.query(`truncate ${table} cascade`)).rejects.toMatchObject({ code: "ON010" })
  const held = (await superuser.query(`select count(*)::int as n from ${table}`)).rows[0].n
  if (held > 0) {
    await expect(superuser.query(`update ${table} set ${column} = ${column}`)).rejects.toMatchObject({ code: "ON010" })
    await expect(superuser.query(`delete from ${table}`)).rejects.toMatchObject({ code: "ON010" })
  } else {
    const triggers = await superuser.query(
      "select tgname from pg_trigger where tgrelid = $1::regclass and tgenabled = 'A' and not tgisinternal",
      [table],
    )
    expect(triggers.rows.map((row) => row.tgname)).toEqual(
      expect.arrayContaining([`${table}_stands`, `${table}_not_emptied`]),
    )
  }
  await superuser.query("set session_replication_role = origin")
})

test("the app may not write the log past its two doors", async () => {
  await expect(
    on.db.execute(
      sql`insert into log_leaves (index, at, bytes, hash, act, actor_id) values (99, now(), '{}', '', 'x', 'x')`,
    ),
  ).rejects.toMatchObject({ cause: { code: "42501" } })
  await expect(on.db.execute(sql`update log_head set size = 0`)).rejects.toMatchObject({ cause: { code: "42501" } })
})

test("a leaf that hashes differently in the database aborts the act", async () => {
  const attempt = on.db.transaction(async (tx) => {
    const place = await openLog(tx, clockNow())
    const leaf = JSON.stringify({
      act: "x",
      actor: { id: "x", role: "x", via: "job" },
      at: place.at,
      index: place.size,
      objects: [],
      origin: place.origin,
      v: 1,
    })
    await tx.execute(sql`select log_append(array[${leaf}]::text[], array[decode('00', 'hex')]::bytea[])`)
  })
  await expect(attempt).rejects.toMatchObject({ cause: { code: "ON006" } })
})

test.each([
  ["another index", { index: 7_000_000 }],
  ["another instant", { at: "2020-01-01T00:00:00.000Z" }],
  ["another register's name", { origin: "onward/elsewhere" }],
])("a leaf with %s than its place aborts the act", async (_name, wrong) => {
  const attempt = on.db.transaction(async (tx) => {
    const place = await openLog(tx, clockNow())
    await appendLog(tx, [
      JSON.stringify({
        act: "x",
        actor: { id: "x", role: "x", via: "job" },
        at: place.at,
        index: place.size,
        objects: [],
        origin: place.origin,
        v: 1,
        ...wrong,
      }),
    ])
  })
  await expect(attempt).rejects.toMatchObject({ cause: { code: "ON005" } })
})

test("an act that opened the log and wrote nothing cannot commit", async () => {
  await expect(
    on.db.transaction(async (tx) => {
      await openLog(tx, clockNow())
    }),
  ).rejects.toMatchObject({ cause: { code: "ON008" } })
})

test.each([
  ["versions", "record_id, n, kind, at, standing, body, body_hash", "'{E}', {N}, 'entity', {AT}, 'approved', '{}', ''"],
  [
    "role_grants",
    "grant_id, n, person_id, role, state, at",
    "'grt_00000000000000000000000000', 1, (select id from people limit 1), 'requester', 'granted', {AT}",
  ],
  [
    "takes",
    "id, record_id, clause, by_person, at",
    "'tak_00000000000000000000000000', '{E}', 'X', (select id from people limit 1), {AT}",
  ],
])(
  "nothing is written to %s with another instant than its act's, nor outside an act",
  async (table, columns, values) => {
    const [head] = await rows<{ id: string; n: number }>(
      on.db,
      sql`select record_id as id, max(n) + 1 as n from versions where kind = 'entity' group by 1 limit 1`,
    )
    const put = (at: string, index: string) =>
      sql.raw(
        `insert into ${table} (${columns}, log_index) values (${values
          .replace("{E}", head?.id ?? "")
          .replace("{N}", String(head?.n))
          .replace("{AT}", at)}, ${index})`,
      )
    const later = "clock_timestamp() + interval '1 hour'"
    await expect(on.db.execute(put(later, "0"))).rejects.toMatchObject({ cause: { code: "ON016" } })
    for (const [at, index] of [
      [later, "(select size from log_head)"],
      ["(select open_at from log_head)", "0"],
    ] as const) {
      const attempt = on.db.transaction(async (tx) => {
        await openLog(tx, clockNow())
        await tx.execute(put(at, index))
      })
      await expect(attempt).rejects.toMatchObject({ cause: { code: "ON016" } })
    }
  },
)

test("whatever is written with a place in the log is held to it", async () => {
  const held = await rows<{ name: string }>(
    on.db,
    sql`select tgrelid::regclass::text as name from pg_trigger where tgname like '%\\_placed' and tgenabled = 'A' order by 1`,
  )
  const placed = await rows<{ name: string }>(
    on.db,
    sql`select table_name::text as name from information_schema.columns where table_schema = 'public' and column_name = 'log_index' order by 1`,
  )
  expect(held.map((one) => one.name)).toEqual(placed.map((one) => one.name))
})

test("a version without its leaf cannot commit", async () => {
  const attempt =
    superuser.query(`with r as (insert into records (id, kind) values ('ent_00000000000000000000000000', 'entity'))
    insert into versions (record_id, n, kind, at, standing, body, body_hash, log_index) values ('ent_00000000000000000000000000', 1, 'entity', now(), 'approved', '{}', '', 999999)`)
  await expect(attempt).rejects.toMatchObject({ code: "23503" })
})

test("a version that does not follow the last is refused", async () => {
  const [entity] = await rows<{ id: string }>(on.db, sql`select id from records limit 1`)
  const put = (n: number, at: string) =>
    on.db.execute(
      sql`insert into versions (record_id, n, kind, at, standing, body, body_hash, log_index) values (${entity?.id}, ${n}, 'entity', ${at}::timestamptz, 'approved', '{}', '', 0)`,
    )
  await expect(put(3, "2999-01-01T00:00:00Z")).rejects.toMatchObject({ cause: { code: "ON012" } })
  await expect(put(2, "1999-01-01T00:00:00Z")).rejects.toMatchObject({ cause: { code: "ON012" } })
})

test("the log's instants only grow and its indexes have no gap", async () => {
  const leaves = await rows<{ index: number; at: string }>(on.db, sql`select index, at from log_leaves order by index`)
  expect(leaves.map((leaf) => leaf.index)).toEqual(leaves.map((_leaf, i) => i))
  expect([...leaves].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.index - b.index))).toEqual(leaves)
})
