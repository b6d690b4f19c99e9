import { z } from "zod"
import {
  countOpenQuestions,
  questionById,
  questionsPage,
  repliesTo,
  type QuestionRow,
  type ReplyRow,
} from "@/db/statements/questions"
import { dayIn } from "@/domain/core/day"
import { parseInstant, type Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { WITHHELD } from "@/domain/records/withheld"
import { entityNames } from "@/db/statements/entities"
import type { Tx } from "@/db/connect"
import type { Actor, Scene } from "@/usecases/scene"
import type { Scope } from "@/usecases/scope"
import { hiddenIds, titlesOf } from "@/usecases/audit/readable"
import { readableFiles } from "@/usecases/files/read-file"
import { look } from "@/usecases/look"
import { namesOf } from "@/usecases/requests/named-by"
import { questionScope } from "./known"

export type QuestionsPage = {
  questions: QuestionRow[]
  next: string | null
  names: Record<string, string>
  titles: Record<string, string>
  counts: { open: number; late: number }
}

export type AskedQuestions = z.output<typeof input>
const input = z.strictObject({
  state: z.enum(["all", "open", "answered"]).default("all"),
  subjectId: z.string().max(40).nullable().default(null),
  after: z.string().max(80).default(""),
  size: z.int().min(1).max(100).default(25),
})

/** Questions of supervisors, newest first: a supervisor's own, or those that the reader's companies have to answer. */
export const listQuestions = look<AskedQuestions, QuestionsPage>({
  name: "question.read",
  input: input as unknown as z.ZodType<AskedQuestions>,
  run: async (tx, { input: asked, ...on }) => good(await questionsFor(tx, asked, on)),
})

/** The same within a look that shows more beside it. */
export async function questionsFor(
  tx: Tx,
  asked: AskedQuestions,
  { scope, actor, scene }: { scope: Scope; actor: Actor; scene: Scene },
): Promise<QuestionsPage> {
  const mine = questionScope(actor, scope)
  const found = await questionsPage(tx, {
    ...{ state: asked.state, subjectId: asked.subjectId, limit: asked.size + 1, scope: mine },
    after: readAfter(asked.after),
  })
  const questions = found.slice(0, asked.size)
  const last = questions[questions.length - 1]
  const people = await namesOf(
    tx,
    questions.map((one) => one.byPerson),
  )
  return {
    // Which companies were asked is theirs to know: of a party that several give data to each sees itself.
    questions: questions.map((one) => ({
      ...one,
      entityIds: one.entityIds.filter((id) => scope.entities === null || scope.entities.includes(id)),
    })),
    next: found.length > asked.size && last ? `${last.at}~${last.id}` : null,
    // Our own companies are named to everybody.
    names: { ...(await entityNames(tx)), ...people },
    titles: await titlesOf(
      tx,
      questions.map((one) => one.subjectId),
    ),
    counts: await countOpenQuestions(tx, mine, dayIn("UTC", scene.now)),
  }
}

function readAfter(text: string): { at: Instant; id: string } | null {
  const [at, id] = text.split("~")
  const instant = parseInstant(at ?? "")
  return instant && id ? { at: instant, id } : null
}

export type QuestionThread = {
  question: QuestionRow
  replies: (ReplyRow & { files: { id: string; name: string }[] })[]
  names: Record<string, string>
  titles: Record<string, string>
}

/** A question with all that was said to it. Of what an answer points at the reader sees what they may know of. */
export const readQuestion = look<{ id: string }, QuestionThread>({
  name: "question.read",
  input: z.strictObject({ id: z.string().max(40) }),
  about: ({ id }) => [{ type: "question", id }],
  run: async (tx, { input: { id }, scope, actor }) => {
    const question = await questionById(tx, id, questionScope(actor, scope))
    if (!question) return refuse("not-found", "not-found")
    const replies = await repliesTo(tx, [id])
    const named = replies.flatMap((one) => one.recordIds)
    const hidden = await hiddenIds(tx, named, scope)
    const files = new Map(
      (
        await readableFiles(
          tx,
          replies.flatMap((one) => one.fileIds),
          actor,
        )
      ).map((file) => [file.id, file.name]),
    )
    return good<QuestionThread>({
      question,
      replies: replies.map((one) => ({
        ...one,
        recordIds: one.recordIds.map((record) => (hidden.has(record) ? WITHHELD : record)),
        fileIds: one.fileIds.filter((file) => files.has(file)),
        files: one.fileIds.flatMap((file) => (files.has(file) ? [{ id: file, name: files.get(file) ?? "" }] : [])),
      })),
      names: await namesOf(tx, [question.byPerson, ...replies.map((one) => one.byPerson)]),
      titles: await titlesOf(tx, [question.subjectId, ...named.filter((record) => !hidden.has(record))]),
    })
  },
})
