import { describe, expect, test } from "vitest"
import type { Instant } from "@/domain/core/instant"
import { foldLooks, isSealable, isSealed, isSupervisorsTaking, type LookLine, type Visit } from "./seals"

const at = (text: string): Instant => `2026-${text}:00.000Z` as Instant
const visit = (over: Partial<Visit>): Visit => ({
  ...{ personId: "psn_1", from: at("01-01T00:00"), until: at("05-01T00:00"), entityId: null },
  ...over,
})

describe("a look is sealed", () => {
  const look = { actorId: "psn_1", at: at("02-01T00:00") }
  test.each([
    ["until the visit's last day", [visit({})], at("04-30T23:59"), true],
    ["no longer from then on", [visit({})], at("05-01T00:00"), false],
    ["where nobody said a day", [visit({ until: null })], at("12-31T00:00"), true],
    ["not by another's visit", [visit({ personId: "psn_2" })], at("03-01T00:00"), false],
    ["not by a visit that began after it", [visit({ from: at("03-01T00:00") })], at("03-02T00:00"), false],
    ["by the longer of two", [visit({ until: at("02-02T00:00") }), visit({})], at("03-01T00:00"), true],
  ] as const)("%s", (_says, visits, now, sealed) => expect(isSealed(look, visits, now)).toBe(sealed))
})

test("looks at the same thing near to each other are told as one", () => {
  const line = (index: number, when: string, id: string): LookLine => ({
    ...{ index, at: at(when), act: "look.file.read", objects: [{ type: "file", id }] },
  })
  const folded = foldLooks([
    line(1, "02-01T10:00", "fil_1"),
    line(2, "02-01T10:20", "fil_1"),
    line(3, "02-01T10:45", "fil_1"),
    line(4, "02-01T10:46", "fil_2"),
    line(5, "02-01T12:00", "fil_2"),
  ])
  expect(folded.map(({ index, n, last }) => [index, n, last])).toEqual([
    [1, 3, at("02-01T10:45")],
    [4, 1, at("02-01T10:46")],
    [5, 1, at("02-01T12:00")],
  ])
})

test("a package that a supervisor takes is sealed with their looks; one of the company's is told", () => {
  const taking = (role: string) => ({ act: "export.make", bytes: JSON.stringify({ actor: { role } }) })
  expect(["look.log.read", "export.make", "request.submit"].map(isSealable)).toEqual([true, true, false])
  expect(["supervisor", "dpo"].map((role) => isSupervisorsTaking(taking(role)))).toEqual([true, false])
  expect(isSupervisorsTaking({ act: "request.submit", bytes: "" })).toBe(false)
})
