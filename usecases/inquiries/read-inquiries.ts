import { z } from "zod"
import {
  authorsOf,
  inquiryRows,
  questionsOf,
  type InquiryQuestionRow,
  type InquiryRow,
} from "@/db/statements/inquiries"
import { parseInstant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { queryShape, type InquiryQuery } from "@/domain/inquiries/query"
import { mayAct } from "@/domain/people/permissions"
import { readableFiles, type FileSeen } from "@/usecases/files/read-file"
import { look } from "@/usecases/look"
import { knownInquiry } from "./inquiries"
import { resultOf, type QueryResult } from "./results"

const SIZE = 25

/** The letters to companies all of which the reader reads, newest first. */
export const listInquiries = look<{ before: string | null }, { lines: InquiryRow[]; next: string | null }>({
  name: "inquiry.read",
  input: z.strictObject({ before: z.string().max(40).nullable().default(null) }) as unknown as z.ZodType<{
    before: string | null
  }>,
  run: async (tx, { input, scope }) => {
    const before = parseInstant(input.before ?? "")
    const found = await inquiryRows(tx, { entities: scope.entities, before, limit: SIZE + 1 })
    const lines = found.slice(0, SIZE)
    return good({ lines, next: found.length > SIZE ? (lines[lines.length - 1]?.at ?? null) : null })
  },
})

export type InquiryLine = Omit<InquiryQuestionRow, "query"> & {
  query: InquiryQuery | null
  result: QueryResult | null
  files: FileSeen[]
}
export type InquiryPage = { inquiry: InquiryRow; lines: InquiryLine[]; mayRelease: boolean }

/** A letter with its questions and answers; what the register is asked is answered as of the letter's instant, through the reader's own scope. */
export const readInquiry = look<{ id: string }, InquiryPage>({
  name: "inquiry.read",
  input: z.strictObject({ id: z.string().max(40) }),
  about: ({ id }) => [{ type: "inquiry", id }],
  run: async (tx, { input: { id }, scope, actor, scene }) => {
    const inquiry = await knownInquiry(tx, id, actor)
    if (!inquiry) return refuse("not-found", "not-found")
    const lines: InquiryLine[] = []
    for (const { query: kept, ...row } of await questionsOf(tx, id)) {
      const query = kept === null ? null : queryShape.parse(JSON.parse(kept))
      lines.push({
        ...row,
        query,
        result: query && (await resultOf(tx, query, { db: scene.db, scope, instant: inquiry.instant })),
        files: await readableFiles(tx, row.fileIds, actor),
      })
    }
    const all = inquiry.answered === inquiry.questions && !inquiry.released
    const mayRelease = all && mayAct("inquiry.release", actor).ok && !(await authorsOf(tx, id)).includes(actor.id)
    return good({ inquiry, lines, mayRelease })
  },
})
