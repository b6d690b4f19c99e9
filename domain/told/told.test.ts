import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { addDays, day } from "@/domain/core/day"
import { fromMillis, type Instant } from "@/domain/core/instant"
import { digestDay, isWorkingDay } from "./digest"
import { TOLD_KINDS, USUAL_WAY, WAYS, waysOf } from "./kinds"
import { remindersOf } from "./overdue"
import { answerMeans, isStaleMail, MOST_TRIES, nextTry } from "./retry"
import { holdersIn, openNow, whoIsAsked } from "./who"

const at = (text: string): Instant => text as Instant
const role = (role: string, entityId: string | null = null) =>
  ({ grantId: "g", role, entityId, confirmed: true }) as never
const [A, B] = ["ent_a", "ent_b"]

describe("how one is told", () => {
  test("what needs the person or is overdue comes at once, the rest in the digest", () => {
    expect(waysOf({})).toEqual(USUAL_WAY)
    expect(TOLD_KINDS.filter((kind) => USUAL_WAY[kind] === "digest")).toEqual(["decided", "answered", "commented"])
  })
  test("what a person chose goes before, kind by kind", () => {
    expect(waysOf({ decide: "off", commented: "at-once" })).toEqual({
      ...USUAL_WAY,
      decide: "off",
      commented: "at-once",
    })
  })
  test.each([
    [null],
    [undefined],
    ["off"],
    [7],
    [[]],
    [{ decide: "never" }],
    [{ decide: 1 }],
    [{ constructor: "off" }],
  ])("whatever is stored, each kind has a way: %o", (stored) => {
    expect(waysOf(stored)).toEqual(USUAL_WAY)
  })
  test("no stored word makes a way that there is not", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...TOLD_KINDS, "x"), fc.string()), (stored) => {
        const ways = waysOf(stored)
        expect(Object.keys(ways).sort()).toEqual([...TOLD_KINDS].sort())
        for (const way of Object.values(ways)) expect(WAYS).toContain(way)
      }),
    )
  })
})

describe("the digest", () => {
  test.each([
    // 2026-11-27 is a Friday.
    ["UTC", "2026-11-27T07:59:59.000Z", null, null],
    ["UTC", "2026-11-27T08:00:00.000Z", null, "2026-11-27"],
    ["UTC", "2026-11-27T23:59:00.000Z", "2026-11-26", "2026-11-27"],
    ["UTC", "2026-11-27T23:59:00.000Z", "2026-11-27", null],
    ["UTC", "2026-11-28T12:00:00.000Z", null, null],
    ["UTC", "2026-11-29T12:00:00.000Z", null, null],
    ["UTC", "2026-11-30T08:00:00.000Z", "2026-11-27", "2026-11-30"],
    ["Asia/Shanghai", "2026-11-27T00:00:00.000Z", null, "2026-11-27"],
    ["Asia/Shanghai", "2026-11-27T17:00:00.000Z", null, null],
    ["America/Los_Angeles", "2026-11-28T07:00:00.000Z", null, "2026-11-27"],
    ["Pacific/Kiritimati", "2026-11-29T18:00:00.000Z", null, "2026-11-30"],
    // The day on which clocks go back has one eight o'clock.
    ["Europe/Berlin", "2026-10-26T06:30:00.000Z", null, null],
    ["Europe/Berlin", "2026-10-26T07:00:00.000Z", null, "2026-10-26"],
    // A clock that was set back makes none twice.
    ["UTC", "2026-11-26T09:00:00.000Z", "2026-11-27", null],
  ])("in %s at %s, after %s: %s", (zone, now, last, on) => {
    expect(digestDay(zone, at(now), last === null ? null : day(last))).toBe(on)
  })
  test("comes once a working day and never on another, whenever somebody looks", () => {
    const zones = ["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Auckland", "Europe/London"]
    const steps = fc.array(fc.integer({ min: 1, max: 36 * 60 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 10_000 }), steps, (zone, start, minutes) => {
        let millis = 1_700_000_000_000 + start * 3_600_000
        let last: ReturnType<typeof day> | null = null
        for (const step of minutes) {
          millis += step * 60_000
          const on = digestDay(zone, fromMillis(millis), last)
          if (on === null) continue
          expect(last === null || on > last).toBe(true)
          expect(isWorkingDay(on)).toBe(true)
          last = on
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe("a mail that could not be handed over", () => {
  const now = at("2026-11-25T10:00:00.000Z")
  test.each([
    [1, "2026-11-25T10:01:00.000Z"],
    [2, "2026-11-25T10:05:00.000Z"],
    [3, "2026-11-25T10:15:00.000Z"],
    [4, "2026-11-25T11:00:00.000Z"],
    [5, "2026-11-25T14:00:00.000Z"],
    [14, "2026-11-25T14:00:00.000Z"],
    [MOST_TRIES, null],
    [99, null],
  ])("after %i tries is tried again at %s", (tries, next) => {
    expect(nextTry(tries, now)).toBe(next)
  })
  test("is tried later and later, for about two days in all", () => {
    let when: Instant = now
    for (let tries = 1; ; tries += 1) {
      const next = nextTry(tries, when)
      if (next === null) break
      expect(next > when).toBe(true)
      when = next
    }
    expect(when > at("2026-11-26T18:00:00.000Z") && when < at("2026-11-28T00:00:00.000Z")).toBe(true)
  })
  test.each([
    [550, "message", "never"],
    [554, "message", "never"],
    [451, "message", "again"],
    [421, "line", "again"],
    [535, "line", "again"],
    [null, "line", "again"],
    [null, "message", "again"],
    [600, "message", "again"],
  ] as const)("with %s to the %s is tried %s", (code, step, means) => {
    expect(answerMeans(code, step)).toBe(means)
  })
  test("is news for a week", () => {
    expect(isStaleMail(at("2026-11-18T10:00:00.000Z"), now)).toBe(false)
    expect(isStaleMail(at("2026-11-18T09:59:59.999Z"), now)).toBe(true)
  })
})

describe("who is asked to decide", () => {
  const stages = [
    { stage: "legal", entityId: A, seat: "decides" as const, wave: 1 },
    { stage: "second-legal", entityId: A, seat: "decides" as const, wave: 1 },
    { stage: "dpo", entityId: B, seat: "advises" as const, wave: 1 },
  ]
  const people = [
    { id: "lawyer", held: [role("legal")] },
    { id: "lawyer-a", held: [role("legal", A)] },
    { id: "lawyer-b", held: [role("legal", B)] },
    { id: "officer", held: [role("dpo")] },
    { id: "author", held: [role("legal"), role("dpo")] },
    { id: "buyer", held: [role("procurement")] },
    { id: "administrator", held: [role("administrator")] },
  ]
  const on = { authors: ["author"], stages, seats: [], restrictedTo: null }
  test("are those who may sit at an open stage, and no author", () => {
    expect(whoIsAsked(people, on, openNow(stages, []))).toEqual(["lawyer", "lawyer-a", "officer"])
  })
  test("is nobody who sits at another stage of it", () => {
    const seats = [{ personId: "lawyer", stage: "legal", entityId: A }]
    const open = openNow(stages, [{ stage: "legal", entityId: A }])
    expect(open.map((one) => one.stage)).toEqual(["second-legal", "dpo"])
    expect(whoIsAsked(people, { ...on, seats }, open)).toEqual(["lawyer-a", "officer"])
  })
  test("is nobody who may not know of it", () => {
    expect(whoIsAsked(people, { ...on, restrictedTo: ["lawyer-a", "buyer"] }, stages)).toEqual(["lawyer-a"])
  })
  test("a second lawyer is asked when the first of every company has decided", () => {
    const two = [...stages, { stage: "legal", entityId: B, seat: "decides" as const, wave: 1 }]
    const open = (...done: string[]) =>
      openNow(
        two,
        done.map((entityId) => ({ stage: "legal", entityId })),
      ).map((one) => `${one.stage}@${one.entityId}`)
    expect(open()).toEqual([`legal@${A}`, `dpo@${B}`, `legal@${B}`])
    expect(open(A)).toEqual([`dpo@${B}`, `legal@${B}`])
    expect(open(A, B)).toEqual([`second-legal@${A}`, `dpo@${B}`])
  })
  test("officers hear of what was found running in their companies", () => {
    const officers = [
      { id: "all", held: [role("dpo")] },
      { id: "a", held: [role("dpo", A)] },
      { id: "b", held: [role("dpo", B)] },
      { id: "lawyer", held: [role("legal")] },
    ]
    expect(holdersIn(officers, "dpo", [A])).toEqual(["all", "a"])
    expect(holdersIn(officers, "dpo", [])).toEqual(["all"])
  })
})

describe("what is overdue", () => {
  const due = day("2026-11-20")
  const thing = { id: "t", ownerId: "owner", givenBy: "giver", dueOn: due }
  const told = (today: string, named: { personId: string; days: number } | null, over = {}) =>
    remindersOf({ ...thing, ...over }, day(today), named).map((one) => `${one.kind} ${one.to}`)
  test.each([
    ["2026-11-19", null, []],
    ["2026-11-20", null, ["due owner"]],
    ["2026-11-26", null, ["due owner"]],
    ["2026-11-27", null, ["due owner", "escalated giver"]],
    ["2026-11-22", { personId: "head", days: 3 }, ["due owner"]],
    ["2026-11-23", { personId: "head", days: 3 }, ["due owner", "escalated head"]],
    ["2026-11-23", { personId: "owner", days: 3 }, ["due owner"]],
    ["2027-01-19", null, ["due owner", "escalated giver"]],
    ["2027-01-20", null, []],
  ] as const)("on %s with %o named: %o", (today, named, lines) => {
    expect(told(today, named)).toEqual(lines)
  })
  test("who gave it to themselves is not told that they are late by themselves", () => {
    expect(told("2026-12-01", null, { givenBy: "owner" })).toEqual(["due owner"])
    expect(told("2026-12-01", null, { givenBy: null })).toEqual(["due owner"])
  })
  test("never comes before its day, and to another never before the owner", () => {
    const days = fc.integer({ min: -100, max: 100 })
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 90 }), (shift, after) => {
        const lines = remindersOf(thing, addDays(due, shift), { personId: "head", days: after })
        if (shift < 0) expect(lines).toEqual([])
        expect(lines.some((one) => one.kind === "escalated")).toBe(lines.length > 0 && shift >= after)
        expect(lines[0]?.to ?? "owner").toBe("owner")
      }),
    )
  })
})
