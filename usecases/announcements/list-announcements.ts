import { z } from "zod"
import { announcementLines, countOpenAnnouncements } from "@/db/statements/announcements"
import { listEntityIds } from "@/db/statements/entities"
import { ownFiles } from "@/db/statements/files"
import { announcementState } from "@/domain/announcements/clock"
import type { AnnouncementLine } from "@/domain/announcements/line"
import { dayIn } from "@/domain/core/day"
import { good } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import { look, readingInstant } from "@/usecases/look"
import { asOfInput } from "@/usecases/register/as-of"
import { loadEntities } from "@/usecases/register/records"
import { announcementScope } from "./known-announcement"

export type AnnouncementsPage = {
  lines: AnnouncementLine[]
  next: string | null
  /** How many wait for an answer. */
  open: number
  entities: { id: string; name: string }[]
  /** The files that this person sent. */
  files: Awaited<ReturnType<typeof ownFiles>>
}

const input = z.strictObject({
  show: z.enum(["open", "answered", "all"]).default("open"),
  partyId: z.string().max(40).nullable().default(null),
  after: z.string().max(80).default(""),
  asOf: asOfInput,
})
type Input = z.output<typeof input>

const SIZE = 50

/**
 * What parties announced of their sub-processors: what is open by its last day to object, what was answered by the latest; or
 * how all of it stood at an instant.
 */
export const listAnnouncements = look<Input, AnnouncementsPage>({
  name: "register.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, actor, scene }) => {
    const mine = announcementScope(scope)
    const asOf = await readingInstant(tx, asked.asOf)
    const [on, id] = asked.after.split("~")
    const found = await announcementLines(tx, {
      open: asked.show === "all" ? null : asked.show === "open",
      ...{ partyId: asked.partyId, id: null, size: SIZE, scope: mine, asOf },
      after: on && id && /^\d{4}-\d{2}-\d{2}$/.test(on) ? { on, id } : null,
    })
    const shown = found.slice(0, SIZE)
    const last = shown[shown.length - 1]
    const entities = await loadEntities(tx, await listEntityIds(tx), asOf)
    return good({
      lines: shown.map((line) => {
        const entity = entities.get(line.entityId as never)
        const state = announcementState(
          line.objectUntil,
          line.answer,
          dayIn(entity?.zone ?? "UTC", asked.asOf ?? scene.now),
        )
        return {
          ...{ ...line, state, entityName: entity?.legalName ?? "" },
          mayAnswer:
            asked.asOf === null &&
            (state === "open" || state === "last-days") &&
            (["procurement", "legal", "dpo"] as const).some((role) => holdsRole(actor, role, line.entityId)),
        }
      }),
      next: found.length > SIZE && last ? `${last.objectUntil}~${last.id}` : null,
      open: await countOpenAnnouncements(tx, mine, asOf),
      entities: [...entities]
        .filter(([entityId]) => scope.entities === null || scope.entities.includes(entityId))
        .map(([entityId, entity]) => ({ id: entityId as string, name: entity.legalName }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
      files: actor.kind === "person" ? await ownFiles(tx, actor.id, null) : [],
    })
  },
})
