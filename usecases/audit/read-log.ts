import { z } from "zod"
import { logHead, logPage, type LeafRow } from "@/db/statements/log"
import { lastCheckpoint, leavesFrom } from "@/db/statements/tree"
import type { Tx } from "@/db/connect"
import { plusMillis, type Instant } from "@/domain/core/instant"
import { good } from "@/domain/core/outcome"
import { asOfInput } from "@/usecases/register/as-of"
import { look } from "@/usecases/look"
import { namesOf } from "@/usecases/requests/named-by"
import { noLookOf } from "@/db/statements/visits"
import { sealsFor, withSeals } from "./seals"
import { withoutForeignLooks } from "./looks-told"
import { hiddenIds, metadataOnly, readableObjects, titlesOf } from "./readable"

const input = z.strictObject({
  before: z.int().min(0).nullable().default(null),
  /** The page above that place instead; -1: the oldest page. */
  after: z.int().min(-1).nullable().default(null),
  object: z.string().max(40).default(""),
  actor: z.string().max(40).default(""),
  act: z.string().max(60).default(""),
  request: z.string().max(40).default(""),
  from: asOfInput,
  until: asOfInput,
  size: z.int().min(1).max(200).default(50),
})
type Input = z.output<typeof input>

export type LogLine = LeafRow & {
  objects: { type: string; id: string; version?: number }[]
  role: string
  via: string
  /** On whose behalf it was done; empty: in their own right. */
  forId: string
}
export type LogPage = {
  lines: LogLine[]
  /** Where the older page begins; null: there is none. */
  next: number | null
  /** Where the newer page begins; null: there is none. */
  newer: number | null
  size: number
  root: string
  /** What was signed of it last; null: nothing yet. */
  signed: { size: number; at: string } | null
  /** Since when something is not signed that should be: the worker does not run, or the log does not follow from what was signed. */
  behind: Instant | null
  names: Record<string, string>
  /** What the records and requests named by the lines are called today, for those that the reader may know. */
  titles: Record<string, string>
}

/**
 * A page of the audit log, newest first. An administrator reads metadata only: who, when, which act. Lines about
 * records outside the reader's scope keep their place and hash, and say nothing else.
 */
export const readLog = look<Input, LogPage>({
  name: "log.read",
  input: input as unknown as z.ZodType<Input>,
  run: async (tx, { input: asked, scope, actor, scene }) => {
    // What was asked for by act, person or record would be told by the line's being there: such lines are left out.
    const telling = asked.object !== "" || asked.actor !== "" || asked.act !== "" || asked.request !== ""
    const seals = await sealsFor(tx, actor, scene.now)
    const up = asked.after !== null
    const named = [asked.object, asked.request].filter((id) => id !== "")
    const unknown = (await hiddenIds(tx, named, scope)).size > 0
    const { shown: lines, more } = unknown
      ? { shown: [], more: null }
      : await linesTold(asked, {
          page: (place, limit) =>
            logPage(tx, {
              ...(telling ? { but: noLookOf(seals) } : {}),
              ...(place === null ? {} : up ? { after: place } : { before: place }),
              ...(asked.object ? { object: asked.object } : {}),
              ...(asked.actor ? { actor: asked.actor } : {}),
              ...(asked.act ? { act: asked.act } : {}),
              ...(asked.request ? { request: asked.request } : {}),
              ...(asked.from ? { from: asked.from } : {}),
              ...(asked.until ? { until: asked.until } : {}),
              limit,
            }),
          told: async (found) => {
            const readable = await readableObjects(tx, withSeals(found.map(lineOf), seals, scene.now), scope, actor)
            const clear = await withoutForeignLooks(tx, readable, actor)
            // A look at what is not there would tell it apart from what is there and hidden.
            const looked = asked.object !== "" && scope.partiesByEntity
            return telling
              ? clear.filter((line) => line.act !== "withheld" && !(looked && line.act.startsWith("look.")))
              : clear
          },
        })
    const last = lines[lines.length - 1]
    const head = await logHead(tx)
    const signed = await lastCheckpoint(tx)
    return good<LogPage>({
      lines,
      next: up ? (last && (asked.after ?? -1) >= 0 ? last.index : null) : more,
      newer: up ? more : lines[0] && asked.before !== null ? lines[0].index : null,
      size: head.size,
      root: head.root.toString("hex"),
      signed: signed && { size: signed.size, at: signed.at },
      behind: await behindSince(tx, signed?.size ?? 0, scene.now),
      names: await namesOf(tx, [
        ...lines.flatMap((line) => [line.actorId, line.forId]),
        ...lines.flatMap((line) => line.objects.map((item) => item.id)),
      ]),
      titles: metadataOnly(actor)
        ? {}
        : await titlesOf(
            tx,
            lines.flatMap((line) => line.objects.map((item) => item.id)),
          ),
    })
  },
})

/** So many entries that a filter found and the reader may not read are passed over for one page. */
const PASSED_OVER = 5_000
const BATCH = 200

/**
 * A page of the lines that are told, and the place beyond which there are more of them (null: there are none). Read on until the page
 * is full: a place to go on from at lines that are not told would say that the filter found something there.
 */
async function linesTold(
  asked: Pick<Input, "before" | "after" | "size">,
  read: {
    page: (place: number | null, limit: number) => Promise<LeafRow[]>
    told: (found: readonly LeafRow[]) => Promise<LogLine[]>
  },
): Promise<{ shown: LogLine[]; more: number | null }> {
  const up = asked.after !== null
  let lines: LogLine[] = []
  let place = up ? asked.after : asked.before
  for (let passed = 0, limit = asked.size + 1; ; limit = BATCH) {
    const found = await read.page(place, limit)
    const told = await read.told(found)
    lines = up ? [...told, ...lines] : [...lines, ...told]
    passed += found.length
    const end = up ? found[0] : found[found.length - 1]
    if (lines.length > asked.size) {
      // Upward the ones too many are the newest; downward they are the oldest.
      const shown = up ? lines.slice(-asked.size) : lines.slice(0, asked.size)
      return { shown, more: (up ? shown[0] : shown[shown.length - 1])?.index ?? null }
    }
    if (!end || found.length < limit) return { shown: lines, more: null }
    if (passed >= PASSED_OVER) return { shown: lines, more: end.index }
    place = end.index
  }
}

/** So long the newest entries may be unsigned: the log signs once a minute. */
const SIGNED_WITHIN = 10 * 60_000

async function behindSince(tx: Tx, size: number, now: Instant): Promise<Instant | null> {
  const [first] = await leavesFrom(tx, size, 1)
  return first && first.at < plusMillis(now, -SIGNED_WITHIN) ? first.at : null
}

/** A leaf with what its bytes say of who and what. */
export function lineOf(leaf: LeafRow): LogLine {
  const body = JSON.parse(leaf.bytes) as {
    objects?: LogLine["objects"]
    actor: { role: string; via: string; for?: string }
  }
  const { role, via, for: forId = "" } = body.actor
  return { ...leaf, objects: body.objects ?? [], role, via, forId }
}
