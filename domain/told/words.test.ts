import { expect, test } from "vitest"
import { say } from "@/components/words/catalogue"
import { CALENDAR_KINDS } from "./calendar"
import { mailText } from "./mail-text"
import { pathOfTold, type Told } from "./sentence"

const told = (over: Partial<Told>): Told => ({
  ...{ kind: "found", requestId: "req_1", requestNo: 7, recordId: null, title: "A flow", clause: null, byName: "Ada" },
  ...{ what: null, dueOn: null, ...over },
})
const mail = (line: Told) =>
  mailText(
    { kind: "at-once", to: "Dora", lines: [line], more: 0, url: "https://onward.example" },
    { say: (key, params) => say(key, params), day: (on) => on },
  )

test.each<[Partial<Told>, RegExp, RegExp]>([
  [{}, /^Found running: R-7 A flow$/, /Runs already, and was recorded by Ada/],
  [{ what: "demanded" }, /^Runs under a demand: R-7 A flow$/, /because an authority demands it/],
  [
    {
      kind: "question",
      what: "letter-due",
      requestId: null,
      requestNo: null,
      recordId: "ent_1",
      clause: "inq_1",
      dueOn: "2026-05-04" as never,
    },
    /^Letter of an authority: A flow$/,
    /by 2026-05-04[^]*\/audit\/inquiries\/inq_1/,
  ],
  [{ kind: "file", what: "infected", requestId: null, requestNo: null }, /^Files need you$/, /a file that you sent/],
  [
    { kind: "file", what: "infected-supplier", requestId: null, requestNo: null },
    /^Files need you$/,
    /a file that a supplier sent with its answers/,
  ],
])("a mail says what it is: %j", (over, subject, says) => {
  const made = mail(told(over))
  expect(made.subject).toMatch(subject)
  expect(made.text).toMatch(says)
})

test("every kind of day has its words in the calendar, and whoever was sent a refused file is led home", () => {
  for (const kind of CALENDAR_KINDS)
    for (const part of ["says", "more"]) expect(say(`feed.${part}.${kind}`, { title: "x" })).not.toContain("feed.")
  expect(pathOfTold({ kind: "file", what: "infected-supplier", requestId: null, recordId: null })).toBe("/")
})
