import { z } from "zod"
import {
  bytesHeld,
  bytesToDrop,
  clearLinks,
  dropDone,
  holdsAnswers,
  insertKeeping,
  keepingNow,
  linksKeptLong,
  lockBytes,
} from "@/db/statements/answer-keeping"
import { holdErasures } from "@/db/statements/erasures"
import { holdOver } from "@/db/statements/holds"
import { linkById, revokeLinks, type LinkRow } from "@/db/statements/asked"
import { insertDisclosures } from "@/db/statements/versions"
import type { Tx } from "@/db/connect"
import { KEEP_MONTHS, monthsKept } from "@/domain/asked/keeping"
import type { Instant } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { holdsRole } from "@/domain/people/permissions"
import { idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { commitText } from "@/usecases/commit"
import { look } from "@/usecases/look"
import { OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { knownLinks } from "./known-link"

/** For how many months suppliers' answers are kept, and since when. */
export const readKeeping = look<Record<string, never>, { months: number; since: Instant | null }>({
  name: "answer.keeping-read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx) => {
    const said = await keepingNow(tx)
    return good({ months: monthsKept(said), since: said?.at ?? null })
  },
})

/** Says for how many months suppliers' answers are kept. What was taken into records stays with its source. */
export const putKeeping = act<{ months: number }, { last: Awaited<ReturnType<typeof keepingNow>> }, object>({
  name: "answer.keep",
  input: z.strictObject({
    months: z.coerce
      .number()
      .int("invalid.keep-months")
      .min(KEEP_MONTHS.least, "invalid.keep-months")
      .max(KEEP_MONTHS.most, "invalid.keep-months"),
  }) as unknown as z.ZodType<{ months: number }>,
  load: async (tx) => ({ last: await keepingNow(tx) }),
  may: () => good({}),
  run: async (_tx, { input, loaded: { last }, actor }) =>
    done({
      value: {},
      events: [
        {
          act: "answer.keep",
          objects: [],
          before: { months: monthsKept(last) },
          after: { months: input.months },
        },
      ],
      write: (tx, place) =>
        insertKeeping(tx, {
          ...{ n: (last?.n ?? 0) + 1, months: input.months, at: place.at, logIndex: place.indexOf(0) },
          byPerson: actor.kind === "operator" ? null : actor.id,
        }),
    }),
})

type Erase = { id: string; reason: string }
type ErasedLink = { link: LinkRow; holds: boolean; held: number | null }

/**
 * Clears by hand what was answered by one link, with a reason: a DPO of the asking company. A link that is still open is shut
 * with it. What was taken over stays where it is, and so does the hash in the log.
 */
export const eraseAnswers = act<Erase, ErasedLink, object>({
  name: "answer.erase",
  input: z.strictObject({
    id: idOf("supplierLink"),
    reason: text(2000).refine((reason) => reason.trim().length > 0, "invalid.reason"),
  }) as unknown as z.ZodType<Erase>,
  load: async (tx, input, scene) => {
    await holdErasures(tx)
    const link = await linkById(tx, input.id, true)
    const [known] = link && scene.actor ? await knownLinks(tx, [link], scene.actor) : []
    if (!known) return null
    return { link: known, holds: await holdsAnswers(tx, known.id), held: await holdOver(tx, [known.id]) }
  },
  may: (actor, { link, holds, held }) => {
    if (!holdsRole(actor, "dpo", link.entityId)) return refuse("not-allowed", "not-allowed.role")
    if (link.clearedAt) return refuse("conflict", "conflict.answers-cleared")
    if (held !== null) return refuse("conflict", "conflict.held-by", { params: { no: held } })
    return holds ? good({}) : refuse("conflict", "conflict.nothing-to-clear")
  },
  run: async (_tx, { input, loaded: { link }, actor }) => {
    const reason = commitText(input.reason.trim(), link.id)
    return done({
      value: {},
      events: [
        {
          act: "answer.erase",
          objects: [{ type: "supplier-link", id: link.id }],
          reason: { $c: reason.commitment },
        },
      ],
      write: async (tx, place) => {
        await insertDisclosures(tx, [reason])
        await revokeLinks(tx, { id: link.id }, place.at)
        await clearLinks(tx, [link.id], { at: place.at, byPerson: actor.id, reason: reason.commitment })
      },
    })
  },
})

const MANY = 50

/** Clears what was answered by links whose time is over. Only the worker does so. */
const clearByDay = act<Record<string, never>, { ids: string[]; months: number }, { cleared: number }>({
  name: "answer.clear",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  load: async (tx, _input, scene) => {
    await holdErasures(tx)
    const months = monthsKept(await keepingNow(tx))
    const ids = await linksKeptLong(tx, { months, now: scene.now }, MANY)
    return ids.length ? { ids, months } : null
  },
  may: () => good({}),
  run: async (_tx, { loaded: { ids, months } }) =>
    done({
      value: { cleared: ids.length },
      events: [
        {
          act: "answer.clear",
          objects: ids.map((id) => ({ type: "supplier-link", id })),
          after: { months },
        },
      ],
      write: (tx, place) => clearLinks(tx, ids, { at: place.at, byPerson: null, reason: null }),
    }),
})

async function anyKeptLong(tx: Tx, now: Instant): Promise<boolean> {
  return (await linksKeptLong(tx, { months: monthsKept(await keepingNow(tx)), now }, 1)).length > 0
}

/** The worker acts as the machine's operator, and the log says that it was a job. */
const WORKER: Actor = { kind: "operator", id: "operator", name: OPERATOR.name, held: [], via: "job", session: null }

/**
 * The worker's part: answers whose time is over are cleared, and bytes that no file holds any more leave their store. Gives how
 * many links were cleared. Two workers at once clear each once.
 */
export async function clearAnswers(scene: Pick<Scene, "db" | "now" | "register" | "files">): Promise<number> {
  let cleared = 0
  // Looked at first: most rounds find nothing, and a refusal would be noted each time.
  while (await scene.db.transaction((tx) => anyKeptLong(tx, scene.now))) {
    const made = await clearByDay({ ...scene, actor: WORKER }, {})
    if (!made.ok) break
    cleared += made.value.cleared
  }
  await dropBytes(scene)
  return cleared
}

/** Takes bytes out of their store that no file holds; whoever keeps the same bytes at that moment waits, and keeps them anew. */
async function dropBytes({ db, files }: Pick<Scene, "db" | "files">): Promise<void> {
  for (const sha256 of await bytesToDrop(db, 1000))
    await db.transaction(async (tx) => {
      await lockBytes(tx, sha256)
      if (!(await bytesHeld(tx, sha256))) await files.remove(sha256)
      await dropDone(tx, sha256)
    })
}
