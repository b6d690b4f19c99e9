import { sql } from "drizzle-orm"
import { z } from "zod"
import {
  DECISIONS,
  supplierPage,
  supplierSums,
  type SupplierDecision,
  type SupplierRow,
} from "@/db/statements/supplier-list"
import { dayIn } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import { good } from "@/domain/core/outcome"
import { look } from "@/usecases/look"
import { inScope } from "@/usecases/register/list-records"

const input = z.strictObject({
  decision: z.enum(DECISIONS).nullable().default(null),
  q: z.string().max(200).default(""),
  after: z.string().max(1200).default(""),
})
type Input = z.output<typeof input>

export type SuppliersPage = {
  rows: SupplierRow[]
  next: string | null
  sums: Record<SupplierDecision, number>
  /** Negative decisions whose review day is over, or that never had one. */
  overdue: number
  today: string
}

const SIZE = 50

/** Every supplier with what is decided of it: it receives data, no personal data was found, or neither yet. */
export const listSuppliers = look<Input, SuppliersPage>({
  name: "register.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, scene }) => {
    const today = dayIn("UTC", scene.now)
    const condition = sql`${inScope("parties", scope, null)}`
    const split = asked.after.lastIndexOf("~")
    const after = split >= 0 ? { fold: asked.after.slice(0, split), id: asked.after.slice(split + 1) } : null
    const found = await supplierPage(
      tx,
      { decision: asked.decision, q: fold(asked.q), after, size: SIZE },
      condition,
      scope,
    )
    const rows = found.slice(0, SIZE)
    const last = rows[rows.length - 1]
    const sums = await supplierSums(tx, today, condition)
    const of = (decision: SupplierDecision): number => sums.find((item) => item.decision === decision)?.n ?? 0
    return good({
      rows,
      next: found.length > SIZE && last ? `${last.fold}~${last.id}` : null,
      sums: Object.fromEntries(DECISIONS.map((one) => [one, of(one)])) as Record<SupplierDecision, number>,
      overdue: sums.find((item) => item.decision === "no-personal-data")?.overdue ?? 0,
      today,
    })
  },
})
