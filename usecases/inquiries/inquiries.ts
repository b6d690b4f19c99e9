import { z } from "zod"
import {
  authorsOf,
  holdInquiry,
  inquiryRows,
  insertInquiry,
  insertQuestions,
  insertRelease,
  questionsOf,
  type InquiryQuestionRow,
  type InquiryRow,
} from "@/db/statements/inquiries"
import { earlierNow } from "@/db/statements/clock"
import { adviceAmong } from "@/db/statements/files"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { parseInstant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { queryShape, type InquiryQuery } from "@/domain/inquiries/query"
import { MOST_QUESTIONS } from "@/domain/inquiries/split"
import { idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { readableFiles } from "@/usecases/files/read-file"
import { listWords } from "@/usecases/register/list-records"
import { newId, type Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { filled, headFields, wrongField, wrongHead, wrongPlace, type Head } from "./head"
import { toldOfLetter } from "./told"

const makeShape = z.strictObject({
  ...headFields,
  questions: z
    .array(
      z.strictObject({
        number: text(40).default(""),
        depth: z.int().min(0).max(20).default(0),
        text: filled(20_000),
      }),
    )
    .min(1, "invalid.inquiry-questions")
    .max(MOST_QUESTIONS),
})
type Make = Head & Pick<z.output<typeof makeShape>, "questions">

/** An authority's letter is kept: who asks which companies what, by when, and as of which instant it is answered. */
export const makeInquiry = act<Make, { wrong: string | null }, { id: string }>({
  name: "inquiry.make",
  input: makeShape as unknown as z.ZodType<Make>,
  load: async (tx, input, scene) => ({ wrong: await wrongPlace(tx, input, scene.actor, scene.now) }),
  may: (actor, { wrong }, input, scene) => wrongHead(input, actor, wrong, scene.now) ?? good({}),
  run: async (tx, { input, actor, scene }) => {
    const id = newId(scene, "inquiry")
    const said = (words: string) => (words.trim() === "" ? null : commitText(words.trim(), id))
    const [authority, reference, before] = [
      commitText(input.authority.trim(), id),
      said(input.reference),
      said(input.before),
    ]
    const questions = input.questions.map((one) => ({ ...one, made: commitText(one.text.trim(), id) }))
    const wanted = input.instant === null ? null : parseInstant(input.instant)
    const instant = wanted ?? (await earlierNow(tx, scene.now))
    const entityIds = [...new Set(input.entityIds)].sort()
    const responsible = input.responsible ?? actor.id
    return done({
      value: { id },
      events: [
        {
          act: "inquiry.make",
          objects: [{ type: "inquiry", id }, ...entityIds.map((one) => ({ type: "entity", id: one }))],
          after: {
            ...{ authority: { $c: authority.commitment }, received: input.receivedOn, due: input.dueOn, instant },
            ...{ responsible, questions: questions.map(({ made }) => ({ $c: made.commitment })) },
          },
        },
      ],
      tell: [toldOfLetter({ id, entityIds, dueOn: input.dueOn, responsible }, "letter")],
      write: async (tx, place) => {
        const at = { byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) }
        const texts = questions.map(({ made }) => made)
        await insertDisclosures(tx, [
          authority,
          ...(reference ? [reference] : []),
          ...(before ? [before] : []),
          ...texts,
        ])
        await insertInquiry(tx, {
          ...{ id, receivedOn: input.receivedOn, dueOn: input.dueOn, entityIds, instant, responsible, ...at },
          ...{
            authority: authority.commitment,
            reference: reference?.commitment ?? null,
            before: before?.commitment ?? null,
          },
        })
        const rows = questions.map(({ number, depth, made }, place) => ({
          ...{
            place,
            n: 1,
            number: number.trim(),
            depth,
            text: made.commitment,
            prose: null,
            query: null,
            fileIds: [],
          },
        }))
        await insertQuestions(tx, id, rows, at)
      },
    })
  },
})

type Answer = { id: string; place: number; n: number; prose: string; query: InquiryQuery | null; fileIds: string[] }
type Loaded = { inquiry: InquiryRow; question: InquiryQuestionRow; unread: boolean; advice: boolean }

/** One question is answered: prose, what the register is asked for it, and files. Each answer is a version of its own. */
export const answerInquiry = act<Answer, Loaded, { id: string }>({
  name: "inquiry.answer",
  input: z.strictObject({
    id: idOf("inquiry"),
    place: z.int().min(0).max(MOST_QUESTIONS),
    /** The version that the answerer saw. */
    n: z.int().min(1),
    prose: filled(20_000),
    query: queryShape.nullable().default(null),
    fileIds: z
      .array(idOf("file"))
      .max(50)
      .default([])
      .transform((list) => [...new Set(list)]),
  }) as unknown as z.ZodType<Answer>,
  load: async (tx, input, scene) => {
    const inquiry = await knownInquiry(tx, input.id, scene.actor, true)
    const question = inquiry && (await questionsOf(tx, input.id)).find((one) => one.place === input.place)
    if (!inquiry || !question || !scene.actor) return null
    const seen = await readableFiles(tx, input.fileIds, scene.actor)
    const advice = (await adviceAmong(tx, input.fileIds, null)).size > 0
    return { inquiry, question, advice, unread: seen.length !== input.fileIds.length }
  },
  may: (_actor, { question, unread, advice }, { n, query }) => {
    if (question.n !== n) return refuse("conflict", "conflict.inquiry-moved")
    if (unread) return wrongField("fileIds", "invalid.question-file")
    if (advice) return wrongField("fileIds", "invalid.inquiry-advice")
    return query === null || isKnown(query) ? good({}) : wrongField("query", "invalid.inquiry-query")
  },
  run: async (_tx, { input, loaded: { question }, actor }) => {
    const prose = commitText(input.prose.trim(), input.id)
    const { id, place: at, fileIds } = input
    const query = input.query && JSON.stringify(input.query)
    return done({
      value: { id },
      events: [
        {
          act: "inquiry.answer",
          objects: [{ type: "inquiry", id }],
          after: {
            ...{ question: at, version: question.n + 1, prose: { $c: prose.commitment }, files: fileIds },
            ...(input.query ? { query: input.query } : {}),
          },
        },
      ],
      write: async (tx, place) => {
        const { number, depth, textCommitment } = question
        await insertDisclosures(tx, [prose])
        await insertQuestions(
          tx,
          id,
          [
            {
              place: at,
              n: question.n + 1,
              number,
              depth,
              text: textCommitment,
              prose: prose.commitment,
              query,
              fileIds,
            },
          ],
          { byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) },
        )
      },
    })
  },
})

type Waits = { inquiry: InquiryRow; authors: string[] }

/** The answers as they stand are released by a person who wrote none of them. Until then nothing leaves. */
export const releaseInquiry = act<{ id: string }, Waits, object>({
  name: "inquiry.release",
  input: z.strictObject({ id: idOf("inquiry") }) as unknown as z.ZodType<{ id: string }>,
  load: async (tx, { id }, scene) => {
    const inquiry = await knownInquiry(tx, id, scene.actor, true)
    return inquiry && { inquiry, authors: await authorsOf(tx, id) }
  },
  may: (actor, { inquiry, authors }) => {
    if (inquiry.released) return refuse("conflict", "conflict.inquiry-released")
    if (inquiry.answered < inquiry.questions) return refuse("conflict", "conflict.inquiry-open")
    return authors.includes(actor.id) ? refuse("not-allowed", "not-allowed.own-answer") : good({})
  },
  run: async (_tx, { input: { id }, actor }) =>
    done({
      value: {},
      events: [{ act: "inquiry.release", objects: [{ type: "inquiry", id }] }],
      write: (tx, place) => insertRelease(tx, id, { byPerson: actor.id, at: place.at, logIndex: place.indexOf(0) }),
    }),
})

/** The letter, for whoever reads all its companies; null: it is not there for them. */
export async function knownInquiry(tx: Tx, id: string, actor: Actor | null, held = false): Promise<InquiryRow | null> {
  if (!actor) return null
  if (held) await holdInquiry(tx, id)
  return (await inquiryRows(tx, { entities: scopeOf(actor).entities, id, limit: 1 }))[0] ?? null
}

/** A table ignores filters that it does not have; an answer must not, for it would say more than was asked. */
function isKnown(query: InquiryQuery): boolean {
  // Of the other two the schema knows every word.
  if (query.kind !== "table") return true
  const facets = listWords(query.list)?.facets ?? []
  return [...Object.keys(query.filters), ...Object.keys(query.excluded)].every((name) => facets.includes(name))
}
