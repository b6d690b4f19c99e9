import { afterAll, beforeAll, expect, test } from "vitest"
import type { Id } from "@/domain/core/id"
import { typedEntity, typedParty } from "@/testing/bodies"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { typedAgreement } from "@/testing/flow"
import { aPerson, sceneFor } from "@/testing/people"
import { aCast, allAgree, must, submitted, type Cast } from "@/testing/requests"
import { putEntity } from "@/usecases/people/entities"
import { OPERATOR } from "@/usecases/scene"
import { decideRequest } from "./decide-request"
import { readRequest } from "./read-request"

let on: TestDatabase
let cast: Cast

beforeAll(async () => {
  on = await aDatabase()
  cast = await aCast(on.db)
}, 60_000)
afterAll(() => on.drop())

test("a paper of several companies is known and decided by each one's own people, by its own rules", async () => {
  const made = must(await putEntity(sceneFor(on.db, OPERATOR), { body: typedEntity({ mergeSeats: true }) }))
  const other = made.id as Id<"entity">
  const party = await submitted(on.db, cast, "A party", [{ kind: "party", body: typedParty() }])
  must(await allAgree(on.db, cast, party))
  const between = { entityId: cast.entityId as Id<"entity">, partyId: party.recordIds[0] as Id<"party"> }
  const body = typedAgreement(between, [], { furtherEntities: [other], knownHow: "stated", checklist: [], files: [] })
  const request = await submitted(on.db, cast, "Of two companies", [{ kind: "agreement", body }])
  const stages = request.stages.filter((stage) => stage.entityId === other)
  // One seat decides there.
  expect(stages.map(({ stage, seat }) => [stage, seat])).toEqual([["legal", "decides"]])
  const lawyer = await aPerson(on.db, "Lee Other", ["legal"], other)
  expect(must(await readRequest(sceneFor(on.db, lawyer), { id: request.requestId })).proposals).toHaveLength(1)
  must(
    await decideRequest(sceneFor(on.db, lawyer), {
      ...{ requestId: request.requestId, hash: request.hash, stage: "legal", entityId: other, verdict: "approve" },
    }),
  )
  const stranger = await aPerson(
    on.db,
    "Sid Elsewhere",
    ["legal"],
    must(await putEntity(sceneFor(on.db, OPERATOR), { body: typedEntity() })).id,
  )
  expect(await readRequest(sceneFor(on.db, stranger), { id: request.requestId })).toMatchObject({ ok: false })
})
