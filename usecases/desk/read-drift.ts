import { sql } from "drizzle-orm"
import { z } from "zod"
import { heldSums, noticeIds } from "@/db/statements/supplier-list"
import { valueOr } from "@/domain/core/answer"
import { dayIn } from "@/domain/core/day"
import { good } from "@/domain/core/outcome"
import { drift, type DriftLine } from "@/domain/promises/drift"
import { NAMED_RECIPIENTS } from "@/domain/promises/named.data"
import type { Notice } from "@/domain/records/evidence"
import { look } from "@/usecases/look"
import { inScope } from "@/usecases/register/list-records"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { unrestricted } from "@/usecases/scope"

export type DriftPage = {
  lines: DriftLine[]
  /** The kinds of recipients for which any kind of data is named. */
  dataNamedFor: string[]
  notices: Record<string, string>
}

/** What the published statement and the notices in effect name, held against the flows in scope, both ways. */
export const readDrift = look<object, DriftPage>({
  name: "register.read",
  input: z.strictObject({}),
  run: async (tx, { scope, scene }) => {
    const records = await loadRecords(tx, await noticeIds(tx, inScope("others", scope, null)), null)
    const bodies = records.flatMap((one) => (one.kind === "notice" ? [{ id: one.id as string, body: one.body }] : []))
    const entities = await loadEntities(tx, [...new Set(bodies.map((one) => one.body.entityId))], null)
    const notices = bodies.filter(({ body }) =>
      inEffect(body, dayIn(entities.get(body.entityId)?.zone ?? "UTC", scene.now)),
    )
    const sums = await heldSums(tx, inScope("sharings", scope, null), unrestricted(scope, sql`p.restricted_to`))
    const of = (what: string) => sums.filter((one) => one.what === what)
    const { lines, dataNamedFor } = drift(
      NAMED_RECIPIENTS,
      notices.map(({ id, body }) => ({
        id,
        dataKinds: valueOr(body.dataKinds, []),
        recipientKinds: valueOr(body.recipientKinds, []),
        countries: valueOr(body.countries, []),
      })),
      {
        recipients: of("recipient").map((one) => ({ kind: one.kind ?? "", subKind: one.code, flows: one.flows })),
        data: of("data").map((one) => ({ kind: one.kind ?? "", dataKind: one.code ?? "", flows: one.flows })),
        countries: of("country").map((one) => ({ country: one.code ?? "", flows: one.flows })),
      },
    )
    return good({
      lines,
      dataNamedFor,
      notices: Object.fromEntries(notices.map(({ id, body }) => [id, body.title])),
    })
  },
})

/** An undated notice tells nobody anything yet. */
function inEffect(notice: Notice, today: string): boolean {
  const { effectOn, endsOn } = notice
  return effectOn.state === "known" && effectOn.value <= today && (endsOn.state !== "known" || today <= endsOn.value)
}
