import { describe, expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { papersOf, inEffect } from "@/domain/checks/papers"
import type { SharingFacts } from "@/domain/checks/types"
import type { Agreement } from "@/domain/records/agreement"
import { nthId, typedAgreement } from "@/testing/in-2026"
import { AGREEMENT, between, factsOf, SHARING } from "@/testing/clause-stories"
import { paperDues, tellsOf } from "./dues"
import { endsByNotice, lastDayOf } from "./rules-of"

const paper = (over: Partial<Agreement>): Agreement => typedAgreement(between, [SHARING], over)
const tacit = known({ way: "tacit" as const, months: 12, noticeMonths: 3 })
const express = known({ way: "express" as const, months: 12, noticeMonths: 3 })
const TODAY = day("2026-11-30")
const dues = (over: Partial<Agreement>, standing: "approved" | "ended" = "approved") =>
  paperDues(paper(over), standing, TODAY).map(({ kind, dueOn, from }) => [kind, dueOn, from])

describe("what is due of a paper", () => {
  test.each<[string, Partial<Agreement>, unknown[]]>([
    [
      "that renews of itself: notice for the term that can still be ended",
      { effectOn: known(day("2020-08-01")), initialMonths: known(36), endsOn: BLANK, renewal: tacit },
      [["notice", "2027-04-30", "2027-07-31"]],
    ],
    [
      "whose day for notice is over: the next one",
      { endsOn: known(day("2026-12-31")), renewal: tacit },
      [["notice", "2027-09-30", "2027-12-31"]],
    ],
    [
      "that is renewed by act: by when to see to it, and its end",
      { endsOn: known(day("2027-02-28")), renewal: express },
      [
        ["renewal", "2026-11-28", "2027-02-28"],
        ["ends", "2027-02-28", "2027-02-28"],
      ],
    ],
    [
      "that ran out: it asks what becomes of it",
      { endsOn: known(day("2026-11-01")), renewal: express },
      [["ends", "2026-11-01", "2026-11-01"]],
    ],
    ["that was terminated and is over", { endsOn: NOT_APPLICABLE, terminatedOn: known(day("2026-10-01")) }, []],
    [
      "under notice",
      { endsOn: known(day("2026-12-31")), renewal: tacit, noticeGivenOn: known(day("2026-09-30")) },
      [["ends", "2026-12-31", "2026-12-31"]],
    ],
    ["without end", { endsOn: NOT_APPLICABLE, renewal: NOT_APPLICABLE }, []],
    ["whose end is not answered", { endsOn: BLANK, renewal: tacit, initialMonths: BLANK }, []],
  ])("%s", (_name, over, wanted) => expect(dues(over)).toEqual(wanted))

  test("nothing of what was ended", () => expect(dues({ endsOn: known(day("2027-01-31")) }, "ended")).toEqual([]))

  test("obligations: first, again after they were done, once only, and never past the end", () => {
    const line = (over: Partial<Agreement["obligations"][number]>) => ({
      ...{ what: "audit" as const, who: "party" as const, says: "Audit right", firstOn: known(day("2026-06-01")) },
      ...{ everyMonths: known(12), doneOn: BLANK, ...over },
    })
    const of = (over: Partial<Agreement["obligations"][number]>) =>
      dues({ endsOn: known(day("2027-03-31")), renewal: NOT_APPLICABLE, obligations: [line(over)] }).filter(
        ([kind]) => kind === "obligation",
      )
    expect(of({})).toEqual([["obligation", "2026-06-01", null]])
    expect(of({ doneOn: known(day("2026-01-31")), everyMonths: known(13) })).toEqual([
      ["obligation", "2027-02-28", "2026-01-31"],
    ])
    expect(of({ doneOn: known(day("2026-06-10")) })).toEqual([])
    expect(of({ everyMonths: NOT_APPLICABLE, doneOn: known(day("2026-06-10")) })).toEqual([])
  })

  test("is told long before, shortly before and on the day", () => {
    const told = (on: string) => tellsOf(day("2027-04-30"), day(on))
    expect([told("2027-01-29"), told("2027-01-30"), told("2027-04-16"), told("2027-04-30")]).toEqual([
      ...[null, "paper-ahead", "paper-near", "paper"],
    ])
  })
})

describe("in effect", () => {
  const covered = (over: Partial<Agreement>, standing: "approved" | "ended" = "approved") =>
    inEffect({ id: AGREEMENT, kind: "agreement", version: 1, standing, body: paper(over) } as never)
  const signatories = paper({}).signatories.map((one) => ({ ...one, signedOn: known(day("2020-07-01")) }))
  const since = { effectOn: known(day("2020-08-01")), endsOn: known(day("2023-07-31")), signatories }

  test("a paper that renews of itself runs on until notice, and ends with the term that notice was in time for", () => {
    const from = covered({ ...since, renewal: express })[0]?.from
    expect(covered({ ...since, renewal: tacit })).toEqual([{ from, to: null }])
    expect(covered({ ...since, renewal: tacit, noticeGivenOn: known(day("2024-04-30")) })).toEqual([
      { from, to: "2024-08-01" },
    ])
    expect(covered({ ...since, renewal: tacit, terminatedOn: known(day("2024-02-01")) })).toEqual([
      { from, to: "2024-02-01" },
    ])
    expect(covered({ ...since, renewal: express })).toEqual([{ from, to: "2023-08-01" }])
  })

  test("one that was ended by a request, and says no notice, ended with its first term; without a length nothing renews", () => {
    expect(covered({ ...since, renewal: tacit }, "ended")[0]?.to).toBe("2023-08-01")
    const lengthless = known({ way: "tacit" as const, months: 0, noticeMonths: 3 })
    expect(covered({ ...since, renewal: lengthless })[0]?.to).toBe("2023-08-01")
    expect(covered({ ...since, endsOn: BLANK, renewal: tacit })).toEqual([])
  })

  test("a paper in the place of another ends it from its own beginning", () => {
    const facts = factsOf({ agreement: { ...since, endsOn: NOT_APPLICABLE } }) as SharingFacts
    const [old] = facts.agreements
    const news = {
      ...{ id: nthId("agreement", 50), kind: "agreement", version: 1, standing: "approved" },
      body: paper({ effectOn: known(day("2026-03-01")), endsOn: NOT_APPLICABLE, replaces: AGREEMENT, covers: [] }),
    }
    const days = papersOf({ ...facts, agreements: [...facts.agreements, news as never] }).find(
      (one) => one.paper.id === old?.id,
    )
    expect(days?.days.map((one) => one.to)).toEqual(["2026-03-01"])
  })

  test("by when a letter of today ends it", () => {
    const body = paper({ ...since, renewal: tacit })
    expect(endsByNotice(body, { on: day("2026-04-30"), by: "entity" })).toBe("2026-08-01")
    expect(endsByNotice(body, { on: day("2026-05-01"), by: "entity" })).toBe("2027-08-01")
    expect(lastDayOf(body)).toBeNull()
  })
})
