import type { Day } from "@/domain/core/day"
import { needsOf, type Need } from "./necessity"
import { QUESTIONS } from "./questions"
import {
  BLOCKS,
  type Answers,
  type Asked,
  type Asker,
  type Beginning,
  type Block,
  type Facts,
  type Given,
  type Question,
} from "./question"

/** Reads answers for conditions. Answers of questions that are not asked are not there. */
export function reader(answers: Answers, facts: Facts): Asked {
  const value = (id: string) => {
    const given = answers[id]
    return given?.state === "known" ? given.value : null
  }
  return {
    code: (id) => {
      const found = value(id)
      return typeof found === "string" ? found : null
    },
    codes: (id) => {
      const found = value(id)
      if (Array.isArray(found)) return found
      return found !== null && typeof found === "object" ? [...new Set(Object.values(found))] : []
    },
    state: (id) => answers[id]?.state ?? "blank",
    newParty: () => {
      const found = value("1.3")
      return found !== null && typeof found === "object" && "name" in found
    },
    facts,
  }
}

/**
 * What is asked, and the answers that count: from the first question to the last, each by what was answered before it. An
 * answer that its condition hides is kept by whoever holds it, and is not among these.
 */
export function askedNow(answers: Answers, facts: Facts): { questions: Question[]; counted: Answers } {
  const questions: Question[] = []
  const counted: Record<string, Given> = {}
  const of = reader(counted, facts)
  for (const question of QUESTIONS) {
    if (!question.when(of)) continue
    const own = question.requesterIn !== undefined && question.requesterIn === of.code("1.1")
    questions.push(own ? { ...question, who: ["requester", ...question.who] } : question)
    const given = answers[question.id]
    if (given) counted[question.id] = given
  }
  return { questions, counted }
}

/** The sentences of need that these answers ask for. */
export function needsIn(counted: Answers): Need[] {
  const of = reader(counted, { entityCountry: null })
  return needsOf(purposesIn(counted), of.codes("3.2"))
}

/** The purposes of the flow: chosen, or what the beginning means. */
export function purposesIn(counted: Answers): readonly string[] {
  const of = reader(counted, { entityCountry: null })
  const beginning = of.code("1.1") as Beginning | null
  if (beginning === "authority") return ["law.comply"]
  return beginning === "merger" ? ["corp.deal"] : of.codes("1.4b")
}

/** The foreign countries among the places that were named: each needs a safeguard of its own. */
export function placesAbroad(counted: Answers, facts: Facts): string[] {
  const of = reader(counted, facts)
  const places = [...new Set([...of.codes("6.1"), ...of.codes("6.1a")])]
  return places.filter((country) => country !== facts.entityCountry)
}

/** Whether a question is answered: *not sure* and *ask the supplier* are answers; of sentences, and of countries, each one is needed. */
export function isAnswered(question: Question, counted: Answers, facts: Facts): boolean {
  const given = counted[question.id]
  if (!given) return false
  if (question.shape.is === "each" && given.state === "known" && typeof given.value !== "string") {
    const chosen = given.value as Record<string, string>
    return placesAbroad(counted, facts).every((country) => Object.hasOwn(chosen, country))
  }
  if (question.shape.is !== "sentences" || given.state !== "known") return true
  const sentences = given.value as Record<string, string>
  return needsIn(counted).every((need) => (sentences[need.key] ?? "").trim() !== "")
}

export type StepState = "not-started" | "incomplete" | "done" | "not-needed"
export type Step = { block: Block; state: StepState; mine: number; others: number }

/** How far along each block is, for somebody who answers as these. */
export function stepsOf(answers: Answers, facts: Facts, as: readonly Asker[]): Step[] {
  const { questions, counted } = askedNow(answers, facts)
  // While nobody has said whether personal data is involved, what would be asked if it is lies still ahead.
  const ahead = counted["2.1"]
    ? questions
    : askedNow({ ...answers, "2.1": { state: "known", value: "yes" } }, facts).questions
  return BLOCKS.map((block) => {
    const here = questions.filter((question) => question.block === block)
    const mine = here.filter((question) => isFor(question, as))
    const answered = mine.filter((question) => isAnswered(question, counted, facts)).length
    const open = mine.some((question) => question.need !== "optional" && !isAnswered(question, counted, facts))
    const later = ahead.some((question) => question.block === block && isFor(question, as))
    const state =
      mine.length === 0
        ? later
          ? "not-started"
          : "not-needed"
        : !open
          ? "done"
          : answered === 0
            ? "not-started"
            : "incomplete"
    return { block, state, mine: mine.length, others: here.length - mine.length }
  })
}

/** Whether a question is for somebody who answers as these. */
export function isFor(question: Question, as: readonly Asker[]): boolean {
  return question.who.some((one) => as.includes(one))
}

export type Missing = {
  id: string
  block: Block
  /** Asked from the supplier, or what comes of it that it is not answered. */
  how: "blocks" | "warns" | "supplier"
  /** Whose answer it is. */
  who: Asker
  state: "blank" | "unknown"
  asked: string | null
  due: Day | null
}

/** What is still missing: what blocks the approval, what weakens it, what was asked from the supplier. */
export function missingIn(answers: Answers, facts: Facts, as: readonly Asker[]): Missing[] {
  const { questions, counted } = askedNow(answers, facts)
  return questions.flatMap((question): Missing[] => {
    const given = counted[question.id]
    if (given?.state === "unknown")
      return [
        {
          ...{ id: question.id, block: question.block, state: "unknown" },
          how: given.of === "supplier" ? "supplier" : question.need === "blocks" ? "blocks" : "warns",
          ...{ who: given.of ?? whoseOf(question, as), asked: given.asked ?? null, due: given.due ?? null },
        },
      ]
    if (question.need === "optional" || isAnswered(question, counted, facts)) return []
    const who = whoseOf(question, as)
    return [
      {
        ...{ id: question.id, block: question.block, how: question.need, who },
        ...{ state: "blank", asked: null, due: null },
      },
    ]
  })
}

/** Whom an open question waits for: whoever looks, where it is theirs to say. */
function whoseOf(question: Question, as: readonly Asker[]): Asker {
  return question.who.find((one) => as.includes(one)) ?? question.who[0] ?? "requester"
}

/** How many answers a requester gives on this path; each sentence counts, what the register or the account fills in does not. */
export function answersCounted(answers: Answers, facts: Facts): number {
  const { questions, counted } = askedNow(answers, facts)
  return questions
    .filter((question) => question.who.includes("requester") && counted[question.id]?.state !== undefined)
    .filter((question) => !isFilled(counted[question.id]))
    .reduce((sum, question) => sum + (question.shape.is === "sentences" ? needsIn(counted).length : 1), 0)
}

const isFilled = (given: Given | undefined): boolean => given?.state === "known" && given.from !== undefined
