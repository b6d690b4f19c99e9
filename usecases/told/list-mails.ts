import { z } from "zod"
import { mailsPage, type MailLine } from "@/db/statements/mails"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"

type Input = { after: string }
export type MailsPage = { mails: MailLine[]; next: string | null }

const SIZE = 50

/** The outbox, newest first: to whom, how it went; never what stands in a mail, for administrators read no content. */
export const listMails = look<Input, MailsPage>({
  name: "mail.read",
  input: z.strictObject({ after: z.string().max(300).default("") }) as unknown as z.ZodType<Input>,
  run: async (tx, { input }) => {
    const found = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z)~([\w:-]{1,200})$/.exec(input.after)
    const lines = await mailsPage(tx, found?.[1] && found[2] ? { at: found[1], key: found[2] } : null, SIZE)
    const mails = lines.slice(0, SIZE)
    const last = mails[mails.length - 1]
    return good({ mails, next: lines.length > SIZE && last ? `${last.at}~${last.key}` : null })
  },
})
