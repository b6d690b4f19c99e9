import { expect, test } from "vitest"
import { canonical } from "@/domain/core/canonical"
import { typedEntity } from "@/testing/bodies"
import { nthId, typedNotice, typedSharing } from "@/testing/in-2026"
import { completed } from "./complete"
import { SHAPES } from "./kinds"

const sharing = typedSharing({ entityId: nthId("entity", 1), partyId: nthId("party", 2) })
const LATER = ["consentIds", "sensitiveCount", "client", "packLines", "isBreach", "foundAllowedBy"] as const

const old = (): Record<string, unknown> => {
  const body = { ...sharing } as Record<string, unknown>
  for (const name of [...LATER, "missingPaperReason", "saleNoticeOn", "objectionWeeks"]) delete body[name]
  return body
}

test("a body stored before a field was asked for is read as if it had been left, and its own bytes stay", () => {
  const body = old()
  const bytes = canonical(body)
  expect(completed("sharing", body)).toEqual({ ...sharing, ...SHAPES.sharing.parse(body) })
  expect(canonical(body)).toBe(bytes)
})

test("a form or an import that does not know a later field is still taken", () => {
  expect(SHAPES.sharing.safeParse(old()).success).toBe(true)
  const { items: _items, ...notice } = typedNotice(nthId("entity", 1))
  expect(SHAPES.notice.safeParse(notice).success).toBe(true)
  const { criticalOperator: _operator, ...entity } = typedEntity()
  expect(completed("entity", entity)).toEqual(typedEntity())
})

test("a body that has every field is handed on as it is", () => {
  expect(completed("sharing", sharing)).toBe(sharing)
})
