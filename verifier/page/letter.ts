/** Draws the letter that a package answers: each question, its answer, the records as ways into the register, and the files. */
import type { Letter, LetterAnswer, LetterFile, LetterRecord } from "@/verifier/core/letter"
import { el, link } from "./draw"
import type { Register } from "./register"
import { count, moment, ONE } from "./words"

/** So many records of an answer are shown at once; the others unfold. */
const AT_ONCE = 10
const ERASED = "[erased]"
const WHYS: { [why: string]: string } = {
  held: "the virus scanner holds it back",
  infected: "the virus scanner found something in it",
  missing: "its bytes are not there",
  damaged: "its bytes are not what they were",
}

/** The letter as a panel of the page. */
export function letterPanel(letter: Letter, register: Register, intact: boolean): HTMLElement {
  const { authority, reference, receivedOn, dueOn, asOf, before, entities, answers } = letter
  const facts: [string, string][] = [
    ...(reference === null ? [] : [["Reference", reference] as [string, string]]),
    ["Received", `${receivedOn}${dueOn === null ? "" : `, to be answered by ${dueOn}`}`],
    ["About", entities.map((id) => register.title(id)).join(", ")],
    ["Answered as of", moment(asOf)],
    ["Released", `${moment(letter.releasedAt)}, by entry ${letter.releaseIndex} of the log`],
  ]
  return el(
    "div",
    { class: "panel letter" },
    el("h2", { id: "letter" }, `Letter of ${authority ?? ERASED}`),
    intact
      ? null
      : el("p", { class: "failed" }, "The package is not intact: what stands here may not be what was answered."),
    el("dl", {}, ...facts.flatMap(([name, said]) => [el("dt", {}, name), el("dd", {}, said)])),
    before === null
      ? null
      : el(
          "details",
          {},
          el("summary", {}, "What stands before the first question"),
          el("p", { class: "said" }, before),
        ),
    ...answers.map((one) => answerPart(one, register)),
  )
}

function answerPart(one: LetterAnswer, register: Register): HTMLElement {
  const question = [one.number, one.question ?? ERASED].filter((part) => part !== "").join(" ")
  return el(
    "section",
    { class: `question depth-${Math.min(3, one.depth)}` },
    el("h3", { class: "said" }, question),
    el("p", { class: "said" }, one.answer ?? ERASED),
    el("p", { class: "soft" }, `Answered by entry ${one.index} of the log.`),
    ...(one.query !== null ? recordsPart(one, register) : []),
    ...(one.files.length === 0
      ? []
      : [el("h4", {}, "Files"), el("ul", { class: "list" }, ...one.files.map((file) => fileLine(file)))]),
  )
}

function recordsPart(
  { records, count: all, more, redacted, outside }: LetterAnswer,
  register: Register,
): HTMLElement[] {
  const rest = records.slice(AT_ONCE)
  const lines = (some: readonly LetterRecord[]): HTMLElement =>
    el("ul", { class: "list" }, ...some.map((record) => recordLine(record, register)))
  const away = [
    ...(redacted.length > 0 ? [`left out by name: ${redacted.length}`] : []),
    ...(outside > 0 ? [`not what this package is about: ${outside}`] : []),
  ]
  return [
    el("h4", {}, `${more ? "More than " : ""}${count(all, "record", "records")}`),
    ...(away.length > 0 ? [el("p", { class: "soft" }, `Of these ${away.join(", ")}.`)] : []),
    ...(records.length > 0 ? [lines(records.slice(0, AT_ONCE))] : []),
    ...(rest.length > 0
      ? [el("details", {}, el("summary", {}, `${count(rest.length, "more record", "more records")}`), lines(rest))]
      : []),
  ]
}

function recordLine({ id, kind, version, index }: LetterRecord, register: Register): HTMLElement {
  return el(
    "li",
    {},
    register.records.has(id) ? link(id, register.title(id)) : el("span", { class: "mono" }, id),
    el("br"),
    el("span", { class: "soft" }, `${ONE[kind] ?? kind}, version ${version}, `),
    link(`log:${index}`, `entry ${index} of the log`),
  )
}

function fileLine({ name, sha256, packed, why }: LetterFile): HTMLElement {
  return el(
    "li",
    {},
    name,
    el("br"),
    packed === null
      ? el("span", { class: "soft" }, `Not in the package: ${WHYS[why ?? ""] ?? ""}. SHA-256 ${sha256}`)
      : el("span", { class: "mono soft" }, packed),
  )
}
