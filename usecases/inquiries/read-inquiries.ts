import { z } from "zod"
import {
  authorsOf,
  inquiryRows,
  questionsOf,
  type InquiryQuestionRow,
  type InquiryRow,
} from "@/db/statements/inquiries"
import { good, refuse } from "@/domain/core/outcome"
import { QUESTIONS_SHOWN } from "@/domain/inquiries/place"
import { queryShape, type InquiryQuery } from "@/domain/inquiries/query"
import { adviceAmong, ownFiles } from "@/db/statements/files"
import { mayAct } from "@/domain/people/permissions"
import { readableFiles, type FileSeen } from "@/usecases/files/read-file"
import { look } from "@/usecases/look"
import { knownInquiry } from "./inquiries"
import { resultOf, type QueryResult } from "./results"

const SIZE = 25

/** The letters to companies all of which the reader reads, newest first. */
export const listInquiries = look<{ before: number | null }, { lines: InquiryRow[]; next: number | null }>({
  name: "inquiry.read",
  input: z.strictObject({ before: z.int().min(1).nullable().default(null) }) as unknown as z.ZodType<{
    before: number | null
  }>,
  run: async (tx, { input: { before }, scope }) => {
    const found = await inquiryRows(tx, { entities: scope.entities, before, limit: SIZE + 1 })
    const lines = found.slice(0, SIZE)
    return good({ lines, next: found.length > SIZE ? (lines[lines.length - 1]?.logIndex ?? null) : null })
  },
})

export type InquiryLine = Omit<InquiryQuestionRow, "query"> & {
  query: InquiryQuery | null
  result: QueryResult | null
  files: FileSeen[]
}
export type InquiryPage = {
  inquiry: InquiryRow
  lines: InquiryLine[]
  /** The place of the first question behind these; null: these are the last. */
  next: number | null
  mayRelease: boolean
}

/** A letter with its questions and answers; what the register is asked is answered as of the letter's instant, through the reader's own scope. */
export const readInquiry = look<{ id: string; from: number }, InquiryPage>({
  name: "inquiry.read",
  input: z.strictObject({ id: z.string().max(40), from: z.int().min(0).default(0) }) as unknown as z.ZodType<{
    id: string
    from: number
  }>,
  about: ({ id }) => [{ type: "inquiry", id }],
  run: async (tx, { input: { id, from }, scope, actor, scene }) => {
    const inquiry = await knownInquiry(tx, id, actor)
    if (!inquiry) return refuse("not-found", "not-found")
    const lines: InquiryLine[] = []
    const rest = (await questionsOf(tx, id)).filter(({ place }) => place >= from)
    for (const { query: kept, ...row } of rest.slice(0, QUESTIONS_SHOWN)) {
      const query = kept === null ? null : queryShape.parse(JSON.parse(kept))
      lines.push({
        ...row,
        query,
        result:
          query &&
          (await resultOf(tx, query, { db: scene.db, scope, companies: inquiry.entityIds, instant: inquiry.instant })),
        files: await readableFiles(tx, row.fileIds, actor),
      })
    }
    const all = inquiry.answered === inquiry.questions && !inquiry.released
    const mayRelease = all && mayAct("inquiry.release", actor).ok && !(await authorsOf(tx, id)).includes(actor.id)
    return good({ inquiry, lines, next: rest[QUESTIONS_SHOWN]?.place ?? null, mayRelease })
  },
})

/** Files of the reader's own that an answer may name, newest first: never legal advice. */
export const filesForAnswer = look<object, { id: string; name: string }[]>({
  name: "inquiry.answer",
  input: z.strictObject({}),
  run: async (tx, { actor }) => {
    const own = await ownFiles(tx, actor.id, null)
    const advice = await adviceAmong(
      tx,
      own.map((one) => one.id),
      null,
    )
    return good(own.flatMap(({ id, name }) => (advice.has(id) ? [] : [{ id, name }])))
  },
})
