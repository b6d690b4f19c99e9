import { expect, test } from "vitest"
import { BLANK, known, NOT_APPLICABLE } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import { typedAgreement } from "@/testing/in-2026"
import { between, SHARING } from "@/testing/clause-stories"
import { effectOf, type LetterKind } from "./letters"

const tacit = known({ way: "tacit" as const, months: 12, noticeMonths: 3 })
const paper = (over: Partial<Agreement>) => typedAgreement(between, [SHARING], over)
const yearly = { effectOn: known(day("2020-08-01")), endsOn: known(day("2023-07-31")), renewal: tacit }

test.each<[string, Partial<Agreement>, LetterKind, string, string | null, unknown]>([
  ["counts once received", yearly, "termination", "2026-04-29", "2026-04-30", ["2026-08-01", "term", "2026-04-30"]],
  ["a day too late", yearly, "termination", "2026-04-29", "2026-05-01", ["2027-08-01", "term", "2026-05-01"]],
  ["not known to have arrived", yearly, "termination", "2026-04-29", null, [null, "not-received", null]],
  [
    "counts once sent",
    { ...yearly, noticeCounts: known("sent") },
    "termination",
    "2026-04-29",
    null,
    ["2026-08-01", "term", "2026-04-29"],
  ],
  [
    "without terms, by days of notice",
    { endsOn: NOT_APPLICABLE, renewal: NOT_APPLICABLE, noticeOurs: known(30) },
    "termination",
    "2026-01-01",
    "2026-01-31",
    ["2026-03-03", "open-notice", "2026-01-31"],
  ],
  [
    "its terms do not say",
    { endsOn: NOT_APPLICABLE, renewal: BLANK, noticeOurs: BLANK },
    "termination",
    "2026-01-01",
    "2026-01-31",
    [null, "no-terms", "2026-01-31"],
  ],
  ["an objection", yearly, "objection", "2026-01-01", "2026-01-02", ["2026-01-02", "counted", "2026-01-02"]],
  ["an instruction", yearly, "instruction", "2026-01-01", "2026-01-02", ["2026-01-02", "counted", "2026-01-02"]],
])("%s", (_name, over, kind, sentOn, receivedOn, wanted) => {
  const days = { sentOn: day(sentOn), receivedOn: receivedOn === null ? null : day(receivedOn) }
  const { on, rule, counted } = effectOf(paper(over), kind, days)
  expect([on, rule, counted]).toEqual(wanted)
})
