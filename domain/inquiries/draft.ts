import { LONGEST_LETTER, mergedUp, MOST_QUESTIONS, moved, splitLetter, type Question } from "./split"

type Fields = Record<string, unknown>

/** The questions of a letter while a person corrects them, and what stands before them. */
export type LetterDraft = { before: string; questions: Question[] }

/** What the buttons of the form do to the draft. */
const TURNS = ["stay", "split", "again", "join", "drop", "add", "up", "down"] as const
export type Turn = { does: (typeof TURNS)[number]; at: number }

/** The deepest that a question stands. */
export const DEEPEST = 6

const textOf = (value: unknown): string => (typeof value === "string" ? value.replace(/\r\n?/g, "\n") : "")

/** Whether these fields are of a letter that was taken apart already. */
export function isApart(sent: Fields): boolean {
  return /^\d{1,3}$/.test(textOf(sent.lines))
}

/** The draft as the fields of the form say it: `number.0`, `depth.0`, `text.0` and so on, `lines` of them. */
export function draftOf(sent: Fields): LetterDraft {
  const lines = Math.min(isApart(sent) ? Number(sent.lines) : 0, MOST_QUESTIONS)
  return {
    before: textOf(sent.before),
    questions: Array.from({ length: lines }, (_, at) => ({
      number: textOf(sent[`number.${at}`]).trim(),
      depth: Math.min(DEEPEST, Math.max(0, Math.trunc(Number(textOf(sent[`depth.${at}`]))) || 0)),
      text: textOf(sent[`text.${at}`]),
    })),
  }
}

/** The fields of the form for a draft; what else was typed stays with it. */
export function fieldsOf(draft: LetterDraft): Record<string, string> {
  return {
    ...{ before: draft.before, lines: String(draft.questions.length) },
    ...Object.fromEntries(
      draft.questions.flatMap(({ number, depth, text }, at) => [
        [`number.${at}`, number],
        [`depth.${at}`, String(depth)],
        [`text.${at}`, text],
      ]),
    ),
  }
}

/** What a pressed button asks for: `join.3`; what is none of them changes nothing. */
export function turnOf(said: unknown): Turn {
  const [, name = "", at = "0"] = /^([a-z]+)(?:\.(\d{1,3}))?$/.exec(textOf(said)) ?? []
  const does = TURNS.find((known) => known === name)
  return does ? { does, at: Number(at) } : { does: "stay", at: 0 }
}

/** The draft after a button, and the question at which its reader goes on. */
export function turned(draft: LetterDraft, { does, at }: Turn): { draft: LetterDraft; at: number } {
  const { before, questions } = draft
  const one = questions[at]
  if (!one && !(does === "add" && questions.length === 0)) return { draft, at: 0 }
  if (does === "join" && at === 0 && one) {
    // What stands before the first question takes it in.
    const joined = [before, `${one.number} ${one.text}`.trim()].filter((part) => part.trim() !== "").join("\n")
    return { draft: { before: joined, questions: questions.slice(1) }, at: 0 }
  }
  const list: Record<string, () => { questions: Question[]; at: number }> = {
    join: () => ({ questions: mergedUp(questions, at), at: at - 1 }),
    drop: () => ({ questions: questions.filter((_, place) => place !== at), at: Math.max(0, at - 1) }),
    add: () => ({
      questions:
        questions.length >= MOST_QUESTIONS
          ? questions
          : [
              ...questions.slice(0, at + 1),
              { number: "", depth: one?.depth ?? 0, text: "" },
              ...questions.slice(at + 1),
            ],
      at: questions.length === 0 ? 0 : at + 1,
    }),
    up: () => ({ questions: moved(questions, at, at - 1), at: Math.max(0, at - 1) }),
    down: () => ({ questions: moved(questions, at, at + 1), at: Math.min(questions.length - 1, at + 1) }),
  }
  const after = list[does]?.() ?? { questions, at }
  return { draft: { before, questions: after.questions }, at: after.at }
}

/** A pasted text taken apart, or why it cannot be. */
export function apart(
  text: unknown,
): LetterDraft | "invalid.required" | "invalid.inquiry-long" | "invalid.inquiry-questions" {
  const said = textOf(text)
  if (said.trim() === "") return "invalid.required"
  if (said.length > LONGEST_LETTER) return "invalid.inquiry-long"
  const { before, questions } = splitLetter(said)
  return questions.length === 0 ? "invalid.inquiry-questions" : { before, questions }
}

/** The letter as a draft says it: a question without a text is left out, and the places where the kept ones stood in the form. */
export function keptQuestions(draft: LetterDraft): { questions: Question[]; places: number[] } {
  const places = draft.questions.flatMap((one, at) => (one.text.trim() === "" ? [] : [at]))
  return { questions: places.flatMap((at) => draft.questions[at] ?? []), places }
}

/** The text of a letter again, as it would be pasted. */
export function whole({ before, questions }: LetterDraft): string {
  return [before, ...questions.map(({ number, text }) => `${number} ${text}`.trim())]
    .filter((part) => part.trim() !== "")
    .join("\n\n")
}
