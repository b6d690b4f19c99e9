import { afterAll, beforeAll, expect, test } from "vitest"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { sceneFor } from "@/testing/people"
import { aCast, must, type Cast } from "@/testing/requests"
import { dropView, keepView, listViews, renameView } from "./views"

let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
})
afterAll(() => on.drop())

test("a view is kept under its name, of its own list, and is nobody else's", async () => {
  const scene = sceneFor(on.db, cast.legal)
  must(await keepView(scene, { name: " My gaps ", address: "/sharings?f.coverage=gap&after=abc&peek=shr_1" }))
  expect(must(await listViews(scene, { list: "/sharings" }))).toMatchObject([
    { name: "My gaps", address: "/sharings?f.coverage=gap" },
  ])
  expect(must(await listViews(scene, { list: "/parties" }))).toEqual([])
  expect(must(await listViews(sceneFor(on.db, cast.requester), { list: "/sharings" }))).toEqual([])
})

test("a name that is there takes the new view; a view is renamed, but not to another's name, and let go", async () => {
  const scene = sceneFor(on.db, cast.legal)
  const first = must(await keepView(scene, { name: "One", address: "/parties?f.kind=processor" }))
  const again = must(await keepView(scene, { name: "One", address: "/parties?f.kind=partner" }))
  expect(again.id).toBe(first.id)
  must(await keepView(scene, { name: "Two", address: "/parties?q=x" }))
  expect(await renameView(scene, { id: first.id, name: "Two" })).toMatchObject({
    ok: false,
    says: "conflict.view-name",
  })
  must(await renameView(scene, { id: first.id, name: "First" }))
  expect(must(await listViews(scene, { list: "/parties" })).map((view) => [view.name, view.address])).toEqual([
    ["First", "/parties?f.kind=partner"],
    ["Two", "/parties?q=x"],
  ])
  const other = sceneFor(on.db, cast.requester)
  expect(await renameView(other, { id: first.id, name: "Mine" })).toMatchObject({ ok: false, code: "not-found" })
  expect(await dropView(other, { id: first.id })).toMatchObject({ ok: false, code: "not-found" })
  expect(must(await dropView(scene, { id: first.id }))).toEqual({ address: "/parties?f.kind=partner" })
  expect(must(await listViews(scene, { list: "/parties" })).map((view) => view.name)).toEqual(["Two"])
})

test("what is no list is not kept, and no more than fifty of a list are", async () => {
  const scene = sceneFor(on.db, cast.requester)
  expect(await keepView(scene, { name: "Out", address: "https://example.org/parties" })).toMatchObject({
    ok: false,
    says: "invalid.view-address",
  })
  expect(await keepView(scene, { name: "  ", address: "/parties" })).toMatchObject({ ok: false, code: "invalid" })
  for (let i = 0; i < 50; i++) must(await keepView(scene, { name: `View ${i}`, address: `/agreements?q=${i}` }))
  expect(await keepView(scene, { name: "One more", address: "/agreements?q=x" })).toMatchObject({
    ok: false,
    says: "invalid.too-many-views",
  })
  must(await keepView(scene, { name: "View 7", address: "/agreements?q=seven" }))
})
