import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { z } from "zod"
import {
  countErasures,
  exportPage,
  exportRow,
  insertExport,
  openExports,
  stopExport as stop,
  type ExportRow,
} from "@/db/statements/exports"
import { noTakingOf } from "@/db/statements/visits"
import { parseInstant, type Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { ExportLine } from "@/domain/exports/line"
import { stillReads, type Reads } from "@/domain/exports/reads"
import { narrowed, orderShape, type PackageOrder } from "@/domain/exports/scope"
import { isOnlySupervisor } from "@/domain/people/permissions"
import { idOf } from "@/domain/records/parts"
import { sealsFor } from "@/usecases/audit/seals"
import { letterAsked } from "@/usecases/inquiries/letter-part"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { namesOf } from "@/usecases/requests/named-by"
import { newId, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { mainlandOf, visitorOf } from "./mainland"
import { inputShape, instantOf, type ExportInput } from "./export-register"

/** So many of one person's may wait: more are no work, they are a mistake. */
const MOST = 5

/** Asks for a package: the worker makes it, for the process of the pages does not hold the log's key. */
export const orderExport = jot<ExportInput, { id: string }>({
  name: "export.make",
  input: inputShape as unknown as z.ZodType<ExportInput>,
  run: async (tx, { input: { asOf: wanted, ...order }, actor, scene }) => {
    if (actor.kind !== "person") return refuse("not-allowed", "not-allowed.needs-person")
    const scope = scopeOf(actor)
    const wants = narrowed(order.scope, scope.entities)
    if (!wants) return refuse("invalid", "invalid.scope-not-yours")
    const { inquiry } = order
    const letter = inquiry ? await letterAsked(tx, { inquiry, scope: order.scope, asOf: wanted }, actor) : null
    if (letter && !letter.ok) return letter
    const asOf = await instantOf(scene, letter ? letter.value.instant : wanted)
    if (!asOf.ok) return asOf
    const mainland = await mainlandOf(tx, asOf.value, scope, wants, order.mainland, visitorOf(actor))
    if (!mainland.ok) return mainland
    if ((await openExports(tx, actor.id)) >= MOST) return refuse("conflict", "exports.many")
    const id = newId(scene, "export")
    await insertExport(tx, { id, byPerson: actor.id, at: scene.now, asOf: asOf.value, wanted: JSON.stringify(order) })
    return good({ id })
  },
})

/** Stops an export of one's own that is not made yet. */
export const stopExport = jot({
  name: "export.make",
  input: z.strictObject({ id: idOf("export") }),
  run: async (tx, { input, actor, scene }) =>
    (await stop(tx, input.id, actor.id, scene.now)) ? good({}) : refuse("conflict", "exports.over"),
})

const SIZE = 25

type Page = { lines: ExportLine[]; next: string | null }

/** The exports that were asked for, the newest first: one's own, and those of all for whoever reads every company and is no supervisor, but for what visits take that are still sealed. */
export const listExports = look<{ before: string | null }, Page>({
  name: "export.read",
  input: z.strictObject({ before: z.string().max(80).nullable().default(null) }) as unknown as z.ZodType<{
    before: string | null
  }>,
  run: async (tx, { input, scope, actor, scene }) => {
    const all = scope.entities === null && !isOnlySupervisor(actor)
    const but = all ? noTakingOf(await sealsFor(tx, actor, scene.now)) : sql`true`
    const [said = "", id = ""] = (input.before ?? "").split(" ")
    const at = parseInstant(said)
    const found = await exportPage(tx, {
      ...{ personId: all ? null : actor.id, but, before: at ? { at, id } : null, limit: SIZE + 1 },
    })
    const rows = found.slice(0, SIZE)
    const names = await namesOf(tx, [...new Set(rows.map((row) => row.byPerson))])
    const last = rows[rows.length - 1]
    return good({
      lines: rows.map((row) => lineOf(row, names, actor.id)),
      next: found.length > SIZE && last ? `${last.at} ${last.id}` : null,
    })
  },
})

/** One export of one's own: how far it is, and what came of it. */
export const readExport = look<{ id: string }, ExportLine>({
  name: "export.read",
  input: z.strictObject({ id: z.string().max(40) }),
  about: ({ id }) => [{ type: "export", id }],
  run: async (tx, { input, actor }) => {
    const row = await exportRow(tx, input.id)
    if (!row || row.byPerson !== actor.id) return refuse("not-found", "not-found")
    return good(lineOf(row, await namesOf(tx, [row.byPerson]), actor.id))
  },
})

function lineOf(row: ExportRow, names: Record<string, string>, reader: string): ExportLine {
  const { scope, redactions, files, inquiry } = orderShape.parse(JSON.parse(row.wanted)) as PackageOrder
  const { id, at, asOf, state, done, total, endedAt, sha256, bytes, records, says } = row
  return {
    ...{ id, at, asOf, state, done, total, endedAt, sha256, bytes, records, says },
    ...{ by: row.byPerson, name: names[row.byPerson] ?? "", mine: row.byPerson === reader },
    scope: { ...scope, parties: scope.parties?.length ?? null },
    redactions: redactions.length,
    letter: inquiry !== undefined,
    files: typeof files === "string" ? files : files.length,
  }
}

export type Taken = { name: string; sha256: string; bytes: number; stream: Readable }

type Found = { asOf: Instant; sha256: string; bytes: number; place: string }

/**
 * The package, for whoever made it and still reads what they read then. What was erased since it was made is in it: then it is made anew.
 */
const findExport = look<{ id: string }, Found>({
  name: "export.read",
  input: z.strictObject({ id: z.string().max(40) }),
  about: ({ id }) => [{ type: "export", id }],
  run: async (tx, { input, actor, scope }) => {
    const row = await exportRow(tx, input.id)
    if (!row || row.byPerson !== actor.id) return refuse("not-found", "not-found")
    if (row.state === "swept") return refuse("conflict", "exports.swept")
    const { asOf, sha256, bytes, place } = row
    if (row.state !== "done" || sha256 === null || bytes === null || place === null)
      return refuse("conflict", "exports.not-yet")
    if (!stillReads(JSON.parse(row.reads ?? "{}") as Reads, JSON.parse(JSON.stringify(scope)) as Reads))
      return refuse("not-allowed", "exports.reads-less")
    if ((await countErasures(tx)) !== row.erasures) return refuse("conflict", "exports.erased-since")
    return good({ asOf, sha256, bytes, place })
  },
})

/** The bytes of a package, opened as they are read; a supervisor's look is noted before. */
export async function takeExport(scene: Scene, input: unknown): Promise<Outcome<Taken>> {
  const found = await findExport(scene, input)
  if (!found.ok) return found
  const { asOf, sha256, bytes, place } = found.value
  const stream = await opened(scene.files.staged({ place, sha256, sizeBytes: bytes, head: Buffer.alloc(0) }))
  if (!stream) return refuse("conflict", "exports.swept")
  return good({ name: `onward-${asOf.slice(0, 19).replace(/:/g, "")}Z.zip`, sha256, bytes, stream })
}

/** The stream once its first bytes are there; null where they are not: nothing is promised that does not come. */
async function opened(stream: Readable): Promise<Readable | null> {
  return new Promise((answer, fail) => {
    const ready = (): void => {
      stream.off("error", broke)
      answer(stream)
    }
    const broke = (problem: NodeJS.ErrnoException): void => {
      stream.off("readable", ready)
      if (problem.code === "ENOENT") answer(null)
      else fail(problem)
    }
    stream.once("readable", ready).once("error", broke)
  })
}
