import { z } from "zod"
import { insertQuestion, insertReply, questionById, type QuestionRow } from "@/db/statements/questions"
import { decidersNow, type Telling } from "@/db/statements/tellings"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { dayIn, type Day } from "@/domain/core/day"
import { isId } from "@/domain/core/id"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { dayShape, idOf, text } from "@/domain/records/parts"
import { holdersIn } from "@/domain/told/who"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { readableFiles } from "@/usecases/files/read-file"
import { newId } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { knownSubject, questionScope, type Subject } from "./known"

const words = text(8000).refine((said) => said.trim().length > 0, "invalid.required")

type Ask = { subjectId: string; words: string; dueOn: Day | null }

/** A supervisor asks the company about a record or a request, by a day. Its legal and DPO are told. */
export const askQuestion = act<Ask, Subject, { id: string }>({
  name: "question.ask",
  input: z.strictObject({
    subjectId: z.string().max(40),
    words,
    dueOn: dayShape.nullable().default(null),
  }) as unknown as z.ZodType<Ask>,
  load: async (tx, input, scene) => (scene.actor ? knownSubject(tx, input.subjectId, scene.actor) : null),
  may: (_actor, _subject, input, scene) =>
    input.dueOn !== null && input.dueOn < dayIn("UTC", scene.now)
      ? refuse("invalid", "invalid.form", { fields: [{ path: "dueOn", says: "invalid.question-over" }] })
      : good({}),
  run: async (tx, { input, loaded: subject, actor, scene }) => {
    const id = newId(scene, "question")
    const said = commitText(input.words.trim(), id)
    return done({
      value: { id },
      events: [
        {
          act: "question.ask",
          ...(subject.kind === "request" ? { request: subject.id } : {}),
          objects: [
            { type: subject.kind, id: subject.id },
            { type: "question", id },
          ],
          after: { words: { $c: said.commitment }, due: input.dueOn },
        },
      ],
      tell: await tellAsked(tx, subject, input.dueOn, scene.now),
      write: async (writing, place) => {
        await insertDisclosures(writing, [said])
        await insertQuestion(writing, {
          ...{ id, subjectId: subject.id, entityIds: subject.entityIds, words: said.commitment, dueOn: input.dueOn },
          ...{ byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) },
        })
      },
    })
  },
})

async function tellAsked(tx: Tx, subject: Subject, dueOn: Day | null, now: Instant): Promise<Telling[]> {
  const holders = await decidersNow(tx, now)
  const to = (["legal", "dpo"] as const)
    .flatMap((role) => holdersIn(holders, role, subject.entityIds))
    .filter((id) => subject.restrictedTo === null || subject.restrictedTo.includes(id))
  const about = isId("request", subject.id) ? { requestId: subject.id } : { recordId: subject.id }
  return [{ kind: "question", to: [...new Set(to)], ...about, ...(dueOn ? { dueOn } : {}) }]
}

type Add = { questionId: string; words: string }
type Answer = Add & { recordIds: string[]; fileIds: string[] }

const loadQuestion = async (tx: Tx, id: string, actor: Parameters<typeof questionScope>[0] | null) =>
  actor ? questionById(tx, id, questionScope(actor, scopeOf(actor))) : null

/** Whoever asked adds to their question, or asks further. */
export const addToQuestion = act<Add, QuestionRow, { id: string }>({
  name: "question.ask",
  input: z.strictObject({ questionId: idOf("question"), words }) as unknown as z.ZodType<Add>,
  load: (tx, input, scene) => loadQuestion(tx, input.questionId, scene.actor),
  may: (actor, question) => (question.byPerson === actor.id ? good({}) : refuse("not-found", "not-found")),
  run: async (_tx, { input, loaded, actor, scene }) =>
    replied(loaded, { ...input, recordIds: [], fileIds: [] }, "supervisor", {
      actorId: actor.id,
      id: newId(scene, "reply"),
    }),
})

/** The company answers: prose, and the records and files that it points at. Whoever answers reads all that they name. */
export const answerQuestion = act<
  Answer,
  QuestionRow & { wrong: { path: string; says: string } | null },
  { id: string }
>({
  name: "question.answer",
  input: z.strictObject({
    questionId: idOf("question"),
    words,
    recordIds: z.array(z.string().max(40)).max(50).default([]),
    fileIds: z.array(idOf("file")).max(50).default([]),
  }) as unknown as z.ZodType<Answer>,
  load: async (tx, input, scene) => {
    const question = await loadQuestion(tx, input.questionId, scene.actor)
    if (!question || !scene.actor) return null
    let wrong: { path: string; says: string } | null = null
    for (const id of input.recordIds)
      if (!(await knownSubject(tx, id, scene.actor))) wrong = { path: "recordIds", says: "invalid.question-record" }
    // A file that is not there is none that they read.
    const read = new Set((await readableFiles(tx, input.fileIds, scene.actor)).map((file) => file.id as string))
    if (input.fileIds.some((id) => !read.has(id))) wrong = { path: "fileIds", says: "invalid.question-file" }
    return { ...question, wrong }
  },
  may: (_actor, { wrong }) => (wrong ? refuse("invalid", "invalid.form", { fields: [wrong] }) : good({})),
  run: async (_tx, { input, loaded, actor, scene }) =>
    replied(loaded, input, "company", { actorId: actor.id, id: newId(scene, "reply") }),
})

function replied(
  question: QuestionRow,
  input: Answer,
  side: "company" | "supervisor",
  by: { actorId: string; id: string },
) {
  const said = commitText(input.words.trim(), question.id)
  const { recordIds, fileIds } = input
  return done({
    value: { id: question.id },
    events: [
      {
        act: side === "company" ? "question.answer" : "question.add",
        ...(isId("request", question.subjectId) ? { request: question.subjectId } : {}),
        objects: [
          { type: typeOf(question.subjectId), id: question.subjectId },
          { type: "question", id: question.id },
        ],
        after: { reply: by.id, words: { $c: said.commitment }, records: recordIds, files: fileIds },
      },
    ],
    write: async (writing, place) => {
      await insertDisclosures(writing, [said])
      await insertReply(writing, {
        ...{ id: by.id, questionId: question.id, side, words: said.commitment, recordIds, fileIds },
        ...{ byPerson: by.actorId, at: place.at, logIndex: place.indexOf(0) },
      })
    },
  })
}

const typeOf = (id: string): string => (isId("request", id) ? "request" : "record")
