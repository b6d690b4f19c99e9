import type { Day } from "@/domain/core/day"
import { pathOfTold, sentenceOf, subjectOf, type Told } from "./sentence"

/** How a sentence of the catalogue is said. */
export type Say = (key: string, params?: Record<string, string | number>) => string

export type MailText = { subject: string; text: string; html: string }

type MailOf = {
  kind: "at-once" | "digest"
  to: string
  lines: readonly Told[]
  /** Whether more is told than stands in the mail. */
  more: number
  /** Where Onward is: every link begins with it. */
  url: string
}

const MOST_LETTERS = 160

/**
 * A text of a record or a person as it may stand in a mail: on one line, so that it makes no header and fakes no line of
 * ours; without signs that turn the direction of writing; and no address in it is one to click on.
 */
export function oneLine(text: string): string {
  const flat = text
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu, " ")
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "")
    .replace(/:\/\//g, ": //")
    .replace(/\bwww\./gi, "www ")
    .replace(/ {2,}/g, " ")
    .trim()
  const letters = [...flat]
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS - 1).join("")}…` : flat
}

/** A text as it stands in HTML, between tags or in quotes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/**
 * The mail as plain text and as HTML that says the same: names, titles and links to pages, nothing else of a record. No
 * link decides anything.
 */
export function mailText(mail: MailOf, words: { say: Say; day: (on: Day) => string }): MailText {
  const { say } = words
  const lines = mail.lines.map((told) => {
    // A review is said by its kind; a clause by its number, which the page explains.
    const named = told.what === "review" && told.clause ? say(`reviews.kind.${told.clause}`) : told.clause
    const paper = told.what?.startsWith("paper") ? say(`renewals.kind.${told.clause}`) : named
    const clause = paper === "found-running" ? say("found.running") : paper
    const { key, params } = sentenceOf({ ...told, clause }, { day: words.day, somebody: say("told.somebody") })
    return {
      // What concerns all files has no name.
      about: oneLine(subjectOf(told)) || say("told.about.files"),
      says: say(key, Object.fromEntries(Object.entries(params).map(([name, value]) => [name, oneLine(value)]))),
      href: `${mail.url}${encodeURI(pathOfTold(told))}`,
    }
  })
  const hello = say("mail.hello", { name: oneLine(mail.to) })
  const more = mail.more > 0 ? [say("mail.more", { n: mail.more })] : []
  const home = `${mail.url}/`
  const foot = [say("mail.foot"), say("mail.foot-how")]
  const text = [
    hello,
    ...lines.map((line) => `${line.about}\n${line.says}\n${line.href}`),
    ...more.map((one) => `${one}\n${home}`),
    `-- \n${foot[0]}\n${foot[1]}\n${mail.url}/account`,
  ].join("\n\n")
  const html = [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(subjectLine(mail, lines, say))}</title></head><body>`,
    `<p>${escaped(hello)}</p>`,
    ...lines.map(
      (line) =>
        `<p><a href="${escaped(line.href)}"><strong>${escaped(line.about)}</strong></a><br>${escaped(line.says)}</p>`,
    ),
    ...more.map((one) => `<p><a href="${escaped(home)}">${escaped(one)}</a></p>`),
    `<hr><p><small>${escaped(foot[0] ?? "")}<br><a href="${escaped(`${mail.url}/account`)}">${escaped(foot[1] ?? "")}</a></small></p>`,
    "</body></html>",
  ].join("\n")
  return { subject: subjectLine(mail, lines, say), text: `${text}\n`, html: `${html}\n` }
}

function subjectLine(mail: MailOf, lines: readonly { about: string }[], say: Say): string {
  const [first] = lines
  if (lines.length === 1 && mail.more === 0 && first) {
    const { kind, what } = mail.lines[0] ?? { kind: "decide", what: null }
    const demanded = kind === "found" && what === "demanded" ? ".demanded" : ""
    const letter = kind === "question" && what?.startsWith("letter") ? ".letter" : ""
    return oneLine(say(`mail.subject.${kind}${demanded}${letter}`, { about: first.about }))
  }
  return oneLine(say(`mail.subject.${mail.kind}`, { n: lines.length + mail.more }))
}

/** The Message-ID of a mail: from its key alone, so that a mail sent twice is known as one. `hash` is the key's, in hex. */
export function messageIdOf(hash: string, url: string): string {
  return `<${hash.slice(0, 40)}@${new URL(url).hostname.replace(/^\[|\]$/g, "").replace(/:/g, "-")}>`
}
