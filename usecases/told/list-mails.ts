import { z } from "zod"
import { mailsPage, type MailLine } from "@/db/statements/mails"
import { good } from "@/domain/core/outcome"
import { readCursor } from "@/domain/told/cursor"
import { look } from "@/usecases/look"

type Input = { after: string }
export type MailsPage = { mails: MailLine[]; next: string | null }

const SIZE = 50

/** The outbox, newest first: to whom, how it went; never what stands in a mail, for administrators read no content. */
export const listMails = look<Input, MailsPage>({
  name: "mail.read",
  input: z.strictObject({ after: z.string().max(300).default("") }) as unknown as z.ZodType<Input>,
  run: async (tx, { input }) => {
    const lines = await mailsPage(tx, readCursor(input.after), SIZE)
    const mails = lines.slice(0, SIZE)
    const last = mails[mails.length - 1]
    return good({ mails, next: lines.length > SIZE && last ? `${last.at}~${last.key}` : null })
  },
})
