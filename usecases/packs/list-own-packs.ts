import { z } from "zod"
import { proposedPacks, type ProposedPack } from "@/db/statements/packs"
import { listEntityIds } from "@/db/statements/entities"
import type { Pack, PackScope } from "@/domain/checks/types"
import { dayIn, type Day } from "@/domain/core/day"
import type { Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { prevailingOn } from "@/domain/packs/in-force"
import { look } from "@/usecases/look"
import { loadEntities } from "@/usecases/register/records"
import { requestScope } from "@/usecases/requests/list-requests"
import { ownVersions, packsNow } from "./known"

export type TextVersion = {
  version: string
  n: number
  at: Instant
  requestId: string | null
  /** From the first day on which it counts to the first on which a later one does; null: open. */
  from: Day
  to: Day | null
  clauses: number
  state: "counts" | "comes" | "was"
}
/** One text of ours with its versions, the newest first. `ends`: the first day on which it no longer counts, and by which request. */
export type OwnText = {
  recordId: string
  pack: string
  title: string
  scope: PackScope
  versions: TextVersion[]
  ends: { on: Day; requestId: string | null } | null
}

export type OwnPacksPage = {
  texts: OwnText[]
  proposed: ProposedPack[]
  /** Which text of the statement counts for each company that the reader reads, today. */
  prevails: { entityId: string; name: string; version: string; title: string | null; recordId: string | null }[]
  names: Record<string, string>
  today: Day
}

/** The texts of our own: which versions count, which come, which are proposed, and which prevails for each company. */
export const listOwnPacks = look<object, OwnPacksPage>({
  name: "findings.read",
  input: z.strictObject({}),
  run: async (tx, { scope, scene }) => {
    const own = await ownVersions(tx, null)
    const packs = await packsNow(tx, scene.now)
    const today = dayIn("UTC", scene.now)
    const entities = await loadEntities(tx, await listEntityIds(tx), null)
    const texts = new Map<string, OwnText>()
    for (const { recordId, n, at, requestId, body, ends } of own) {
      const text = texts.get(recordId)
      if (text && ends) text.ends = { on: body.effectiveFrom, requestId }
      if (ends) continue
      const pack = packs.find((one) => one.own === recordId && one.version === body.version)
      const version: TextVersion = {
        ...{ version: body.version, n, at: at as Instant, requestId, from: body.effectiveFrom },
        ...{ to: pack?.effectiveTo ?? (pack ? null : body.effectiveFrom), clauses: body.clauses.length },
        state: stateOf(pack, body.effectiveFrom, today),
      }
      const { regimes, entities: companies, products, subjects } = body
      const scopeNow = { regimes, entities: companies, products, subjects }
      const versions = [version, ...(text?.versions ?? [])]
      texts.set(recordId, { recordId, pack: body.pack, title: body.title, scope: scopeNow, versions, ends: null })
    }
    return good<OwnPacksPage>({
      texts: [...texts.values()],
      proposed: await proposedPacks(tx, requestScope(scope), scope.personId),
      prevails: [...entities]
        .filter(([id]) => scope.entities === null || scope.entities.includes(id))
        .flatMap(([id, entity]) => {
          const text = prevailingOn(packs, "statement", id, dayIn(entity.zone, scene.now))
          if (!text) return []
          const title = (text.own && texts.get(text.own)?.title) ?? null
          return [
            {
              entityId: id,
              name: entity.legalName,
              version: text.version,
              title: title || null,
              recordId: text.own ?? null,
            },
          ]
        }),
      names: Object.fromEntries([...entities].map(([id, entity]) => [id, entity.legalName])),
      today,
    })
  },
})

function stateOf(pack: Pack | undefined, from: Day, today: Day): TextVersion["state"] {
  if (from > today) return pack ? "comes" : "was"
  return pack && (pack.effectiveTo === undefined || pack.effectiveTo > today) ? "counts" : "was"
}
