import { z } from "zod"
import { papersWithWords } from "@/db/statements/papers"
import type { Id } from "@/domain/core/id"
import { good } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { withoutAdvice } from "@/usecases/files/advice"
import { look } from "@/usecases/look"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"

type Asked = { recordId: Id<"agreement">; words: string }

export type PaperAlike = { id: string; title: string; marked: number }

/** Other agreements in force of which a file has the same words, with how many clauses are marked in it; at most fifty, by name. */
export const papersAlike = look<Asked, PaperAlike[]>({
  name: "register.read",
  input: z.strictObject({
    recordId: idOf("agreement"),
    words: z.string().regex(/^[0-9a-f]{64}$/),
  }) as unknown as z.ZodType<Asked>,
  about: ({ recordId }) => [{ type: "record", id: recordId }],
  run: async (tx, { input, scope }) => {
    const alike = await papersWithWords(tx, input.words, input.recordId)
    const files = new Map(alike.map(({ recordId, fileIds }) => [recordId, new Set(fileIds)]))
    const found = (await loadRecords(tx, [...files.keys()], null)).filter((record) => readable(record, scope))
    const shown = await withoutAdvice(tx, found, scope)
    return good(
      shown.flatMap((record): PaperAlike[] => {
        if (record.kind !== "agreement") return []
        const { marks, title } = record.body
        const marked = marks.filter(({ fileId }) => fileId && files.get(record.id)?.has(fileId)).length
        return marked > 0 ? [{ id: record.id, title, marked }] : []
      }),
    )
  },
})
