import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { day } from "@/domain/core/day"
import { ID_PREFIX } from "@/domain/core/id"
import { RECORD_KINDS } from "@/domain/records/kinds"
import { TOLD_KINDS, type ToldKind } from "@/domain/told/kinds"
import { escaped, mailText, messageIdOf, oneLine } from "@/domain/told/mail-text"
import { pathOfTold, sentenceOf, type Told } from "@/domain/told/sentence"
import { pathOf } from "@/components/records/record-path"
import { dayWords } from "@/components/ui/when"
import { CATALOGUE, say } from "./catalogue"

const told = (over: Partial<Told> = {}): Told => ({
  kind: "decide",
  requestId: "req_01jx0000000000000000000000",
  requestNo: 1042,
  recordId: null,
  title: "Acme may receive e-mail addresses",
  clause: null,
  byName: "Rita Request",
  what: null,
  dueOn: null,
  ...over,
})
const words = { say, day: dayWords }
const mail = (lines: Told[], over = {}) =>
  mailText({ kind: "at-once", to: "Lena Law", lines, more: 0, url: "https://onward.example", ...over }, words)

describe("what is told", () => {
  test("has its sentence for every kind, with every place filled", () => {
    for (const kind of TOLD_KINDS)
      for (const what of [null, "approved", "refused", "sent-back", "review", "found", "constructor"]) {
        const one = told({ kind, what, dueOn: day("2026-11-20"), clause: "S-IV-4.1" })
        const { key, params } = sentenceOf(one, { day: dayWords, somebody: "Somebody" })
        expect(CATALOGUE[key], key).toBeDefined()
        expect(say(key, params)).not.toMatch(/[{}]/)
        expect(CATALOGUE[`mail.subject.${kind}`], kind).toBeDefined()
      }
  })
  test("leads to the page of its request, or to that of its record", () => {
    expect(pathOfTold({ requestId: "req_x", recordId: null })).toBe("/requests/req_x")
    for (const kind of RECORD_KINDS) {
      const recordId = `${ID_PREFIX[kind]}_01jx0000000000000000000000`
      expect(pathOfTold({ requestId: null, recordId })).toBe(pathOf(kind, recordId))
    }
  })
})

describe("a mail", () => {
  test("says one thing in its subject, and the same in text and HTML", () => {
    const { subject, text, html } = mail([told()])
    expect(subject).toBe("Yours to decide: R-1042 Acme may receive e-mail addresses")
    expect(text).toBe(
      [
        "Hello Lena Law,",
        "R-1042 Acme may receive e-mail addresses\nWaits for your decision. Brought by Rita Request.\nhttps://onward.example/requests/req_01jx0000000000000000000000",
        "-- \nLinks in this mail open pages. None decides anything.\nChoose how you are told on your account page.\nhttps://onward.example/account",
        "",
      ]
        .join("\n\n")
        .replace(/\n\n$/, "\n"),
    )
    expect(html).toContain('<a href="https://onward.example/requests/req_01jx0000000000000000000000">')
    expect(html).toContain("R-1042 Acme may receive e-mail addresses")
  })
  test.each([
    [2, 0, "at-once", "Onward: 2 things need you"],
    [2, 3, "digest", "Onward: 5 things to know"],
    [1, 4, "digest", "Onward: 5 things to know"],
  ] as const)("of %i lines and %i more, %s, has the subject: %s", (n, more, kind, subject) => {
    expect(
      mail(
        Array.from({ length: n }, () => told()),
        { more, kind },
      ).subject,
    ).toBe(subject)
  })
  test.each([
    ["a header", "Acme\r\nBcc: all@example.test", "Acme Bcc: all@example.test"],
    ["a header by a lone return", "Acme\rBcc: x", "Acme Bcc: x"],
    ["a header by a line separator", "Acme\u2028Bcc: x\u0085y", "Acme Bcc: x y"],
    ["a line of ours", "Acme\n\nYour account ends", "Acme Your account ends"],
    ["an address to click", "Pay at https://evil.example/x", "Pay at https: //evil.example/x"],
    ["writing that turns", "\u202Egnp.exe\u2066", "gnp.exe"],
    ["signs that nobody sees", "A\u200Bcme\uFEFF", "Acme"],
    ["a null", "A\u0000cme", "A cme"],
  ])("takes %s from a title", (_what, title, shown) => {
    expect(oneLine(title)).toBe(shown)
    const { subject, text, html } = mail([told({ title })])
    expect(subject).toBe(`Yours to decide: R-1042 ${shown}`)
    expect(text).toContain(`\nR-1042 ${shown}\n`)
    expect(html).not.toContain("https://evil")
  })
  test("runs nothing that a name or a title says", () => {
    const { html } = mail([told({ title: `<img src=x onerror="alert(1)">'&`, byName: "</p><script>1</script>" })], {
      to: "<b>Lena</b>",
    })
    expect(html).not.toMatch(/<(img|script|b)\b/)
    expect(html).toContain("&#60;img src=x onerror=&#34;alert(1)&#34;&#62;&#39;&#38;")
  })
  test("has one line for each name and title, and only tags of ours, whatever they hold", () => {
    const nasty = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.stringMatching(/^[\r\n<>"'&:/a-z \u2028\u202e]{0,40}$/),
      fc.constantFrom("\r\n.\r\n", "$&", "{by}", "%0d%0aBcc:", "=?utf-8?q?=0d=0a?="),
    )
    fc.assert(
      fc.property(nasty, nasty, nasty, fc.constantFrom<ToldKind>(...TOLD_KINDS), (title, byName, to, kind) => {
        const made = mail([told({ title, byName, kind, dueOn: day("2026-11-20"), clause: title })], { to })
        expect(made.subject).not.toMatch(/[\r\n\u0000]/)
        expect(made.text.split("\n")).toHaveLength(11)
        expect([...made.html.matchAll(/<\/?([a-z]+)/gi)].map(([, tag]) => tag)).toEqual(
          [...mail([told({ kind, dueOn: day("2026-11-20") })]).html.matchAll(/<\/?([a-z]+)/gi)].map(([, tag]) => tag),
        )
        expect([...made.subject].length).toBeLessThanOrEqual(160)
      }),
      { numRuns: 300 },
    )
  })
  test("escapes what HTML reads as more than text", () => {
    expect(escaped(`<>&"'a`)).toBe("&#60;&#62;&#38;&#34;&#39;a")
  })
  test("has one name for one mail, wherever Onward is", () => {
    expect(messageIdOf("ab".repeat(32), "https://onward.example:8443")).toBe(`<${"ab".repeat(20)}@onward.example>`)
    expect(messageIdOf("ab".repeat(32), "http://[::1]:3000")).toBe(`<${"ab".repeat(20)}@--1>`)
  })
})
