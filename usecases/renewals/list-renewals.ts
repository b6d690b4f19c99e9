import type { z } from "zod"
import { deskSummary, type DeskMonth } from "@/db/statements/desk-lists"
import { rulesOf } from "@/domain/agreements/rules-of"
import { arithmeticOf, type Step } from "@/domain/agreements/arithmetic"
import type { PaperDueKind } from "@/domain/agreements/dues"
import { day } from "@/domain/core/day"
import { good } from "@/domain/core/outcome"
import type { Agreement } from "@/domain/records/agreement"
import {
  deskInput,
  deskRowsOf,
  deskQuery,
  type DeskInput,
  type DeskPage,
  type DeskRow,
} from "@/usecases/desk/desk-page"
import { look } from "@/usecases/look"
import { readable } from "@/usecases/register/read-record"
import { loadRecords } from "@/usecases/register/records"

export type RenewalLine = DeskRow & {
  kind: PaperDueKind
  rule: string
  sinceOn: string | null
  length: number | null
  about: string | null
  /** What an obligation says in the paper's own words. */
  says: string | null
  /** How the days of the paper follow from its terms. */
  steps: Step[]
}

export type RenewalPage = DeskPage<RenewalLine> & { months: DeskMonth[]; from: string }

/** How far the picture of the load looks ahead. */
export const MONTHS_AHEAD = 18

/** What is due of papers, soonest first: by when, of whom, with the arithmetic of each day, and the load of each month. */
export const listRenewals = look<DeskInput, RenewalPage>({
  name: "register.read",
  input: deskInput as unknown as z.ZodType<DeskInput>,
  run: async (tx, { input, scope, scene }) => {
    const on = { scope, now: scene.now }
    const query = await deskQuery(tx, input, on)
    const from = `${query.today.slice(0, 7)}-01`
    const { months, ...counts } = await deskSummary(tx, "renewals", query, { from, months: MONTHS_AHEAD })
    const page = { ...(await deskRowsOf<RenewalLine>(tx, "renewals", query)), ...counts, asOf: input.asOf }
    const papers = new Map(
      (
        await loadRecords(
          tx,
          page.rows.map((row) => row.recordId),
          query.asOf,
        )
      ).flatMap((one) =>
        one.kind === "agreement" && readable(one, scope) ? [[one.id as string, one.body] as const] : [],
      ),
    )
    const rows = page.rows.map((row) => ({ ...row, ...wordsOf(row, papers.get(row.recordId)) }))
    return good({ ...page, rows, months, from })
  },
})

function wordsOf(row: RenewalLine, body: Agreement | undefined): Pick<RenewalLine, "says" | "steps"> {
  if (!body) return { says: null, steps: [] }
  if (row.kind !== "obligation") return { says: null, steps: arithmeticOf(rulesOf(body), day(row.today)) }
  const at = Number(row.path.split(".")[1])
  return { says: body.obligations[at]?.says ?? null, steps: [] }
}
