import { sql } from "drizzle-orm"
import { afterAll, beforeAll, expect, test } from "vitest"
import { rows } from "@/db/connect"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedParty } from "@/testing/bodies"
import { aPerson, anEntity, firstAdministrator, sceneFor } from "@/testing/people"
import { must } from "@/testing/requests"
import { clockNow, type Actor } from "@/usecases/scene"
import { remind } from "@/usecases/told/remind"
import { draftRequest, saveProposal } from "./draft-request"
import { readRequest } from "./read-request"
import { submitRequest } from "./submit-request"
import { readUnseated } from "./unseated"

let on: TestDatabase
let administrator: Actor
let both: Actor

beforeAll(async () => {
  on = await aDatabase()
  administrator = await firstAdministrator(on.db)
  await anEntity(on.db)
  both = await aPerson(on.db, "Bea Both", ["procurement", "dpo"])
})
afterAll(() => on.drop())

test("one person for two stages that each need somebody else is said on the page and told to whoever gives roles, once", async () => {
  const requester = await aPerson(on.db, "Rita Request", ["requester"])
  const { id } = must(await draftRequest(sceneFor(on.db, requester), { title: "Too few" }))
  const body = typedParty({ legalName: "Too Few Ltd" })
  must(await saveProposal(sceneFor(on.db, requester), { requestId: id, op: "create", kind: "party", body }))
  must(await submitRequest(sceneFor(on.db, requester), { requestId: id }))
  const states = async () => must(await readRequest(sceneFor(on.db, requester), { id }))
  const page = await states()
  expect(page.stages.map((one) => one.state.nobody)).toEqual([false, false])
  for (const { state } of page.stages)
    expect(state.short).toMatchObject({ people: [both.id], stages: [{ stage: "procurement" }, { stage: "dpo" }] })
  expect(page.administrators.map((one) => one.name)).toEqual(["First Admin"])
  expect(page.names[both.id]).toBe("Bea Both")
  expect(must(await readUnseated(sceneFor(on.db, administrator), {}))).toMatchObject([{ short: true, named: false }])
  for (const _round of [1, 2]) await remind({ db: on.db, now: clockNow() })
  expect(await rows(on.db, sql`select person_id as id from tellings where kind = 'nobody'`)).toEqual([
    { id: administrator.id },
  ])
  // Who was reminded, of what and when, stands in the request's own line of time, by ids.
  const [reminded] = (await states()).reminders
  expect(reminded).toMatchObject({ kind: "nobody", stage: "dpo", people: [administrator.id] })
  await aPerson(on.db, "Olga Officer", ["dpo"])
  expect((await states()).stages.map((one) => one.state.short)).toEqual([null, null])
  expect(must(await readUnseated(sceneFor(on.db, administrator), {}))).toEqual([])
})
