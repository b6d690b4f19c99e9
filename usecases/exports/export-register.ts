import { randomBytes } from "node:crypto"
import { mkdir, unlink } from "node:fs/promises"
import { join } from "node:path"
import { sql } from "drizzle-orm"
import { z } from "zod"
import type { LogSigner } from "@/adapters/log-key/signer"
import { logHead, sizeAt } from "@/db/statements/log"
import { checkpointOver } from "@/db/statements/tree"
import { insertDisclosures } from "@/db/statements/versions"
import { parseInstant, type Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import type { About } from "@/domain/exports/readme"
import { orderShape, type PackageOrder } from "@/domain/exports/scope"
import { isOnlySupervisor, mayAct } from "@/domain/people/permissions"
import type { Tx } from "@/db/connect"
import { act, done, invalid, type Place } from "@/usecases/act"
import { holdWithin } from "@/usecases/bound"
import { signHead } from "@/usecases/log/checkpoint"
import { LETTER_FILE, letterAsked, letterPart, type Released } from "@/usecases/inquiries/letter-part"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { mainlandEvent, visitorOf } from "./mainland"
import { FORMAT_VERSION, writePackage, type PackageWritten } from "./write-package"

export type Exported = PackageWritten & { path: string }

/** An order as it is sent, with the instant; null asks for now. */
export type ExportInput = PackageOrder & { asOf: Instant | null }

/** What is done besides, by whoever makes packages as jobs. */
export type Making = {
  /** The file to write; left out: one in the folder for what lies on the disk for a moment. */
  path?: string
  step?: (n: number) => void
  /** So many signs of records are held in memory (a test holds none). */
  held?: number
  /** Once the file is whole, before it is noted. */
  ready?: (made: Exported) => Promise<void>
  /** Written in the transaction that notes the package in the log. */
  write?: (tx: Tx, place: Place, made: PackageWritten) => Promise<Refusal | void>
}

/**
 * Writes the package into a file whose reader takes it away, and notes it with its hash in the log: what the maker may read at that
 * moment. An instant beyond the last act is that of the last act. Where no checkpoint covers it yet, the log signs first.
 */
export async function exportRegister(
  scene: Scene,
  signer: LogSigner,
  raw: unknown,
  making: Making = {},
): Promise<Outcome<Exported>> {
  const { actor } = scene
  const may = actor ? mayAct("export.make", actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!actor || !may.ok) return may as Outcome<never>
  const parsed = inputShape.safeParse(raw)
  if (!parsed.success) return invalid(parsed.error)
  const { asOf: said, ...order } = parsed.data
  const answered = await answeredBy(scene, order, said)
  if (!answered.ok) return answered
  const wanted = answered.value?.instant ?? said
  const asOf = await instantOf(scene, wanted)
  if (!asOf.ok) return asOf
  const signed = await covered(scene, signer, asOf.value, answered.value?.releaseIndex ?? 0)
  if (!signed.ok) return signed
  const path = making.path ?? (await temporaryPath(scene))
  const written = await scene.db.transaction(
    async (tx) => {
      // While a large file is read once more, nothing is asked for longer than a page may be silent.
      await tx.execute(sql`select set_config('idle_in_transaction_session_timeout', '0', true)`)
      const beyond = await holdWithin(tx, actor, "export.make", { asOf: wanted })
      if (beyond) return beyond
      // The letter is found again from the order, so that a worker that begins anew makes the same, or nothing where it changed.
      const { inquiry, scope } = order
      const letter = inquiry ? await letterAsked(tx, { inquiry, scope, asOf: asOf.value }, actor) : null
      if (letter && !letter.ok) return letter
      const opens = letter && {
        ...{ part: letterPart(letter.value, scene.db), questions: LETTER_FILE, covers: letter.value.releaseIndex },
      }
      return writePackage(tx, {
        ...{ scope: scopeOf(actor), order, asOf: asOf.value, watermark: takerOf(actor), signer },
        ...{ visitor: visitorOf(actor), files: scene.files, path, opens, step: making.step, held: making.held },
      })
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  )
  if (!written.ok) return written
  const made = { ...written.value, path }
  let kept = false
  try {
    await making.ready?.(made)
    const noted = await noteExport(making.write)(scene, {
      ...{ ...written.value, scope: order.scope, inquiry: order.inquiry ?? null },
    })
    kept = noted.ok
    return noted.ok ? good(made) : noted
  } finally {
    // Whoever lost the right meanwhile gets nothing, and what broke off leaves nothing.
    if (!kept) await unlink(path).catch(() => undefined)
  }
}

/** An order as it is sent. Strict: what is not known is refused. */
export const inputShape = z
  .looseObject({ asOf: z.string().nullable().default(null) })
  .transform(({ asOf: said, ...order }, told): ExportInput => {
    const asOf = said === null ? null : parseInstant(said)
    if (said !== null && asOf === null) told.addIssue({ code: "custom", path: ["asOf"], message: "invalid.instant" })
    const parsed = orderShape.safeParse(order)
    if (parsed.success) return { asOf, ...parsed.data }
    for (const { path, message } of parsed.error.issues) told.addIssue({ code: "custom", path, message })
    return z.NEVER
  })

/** The letter that the order answers, or null. */
async function answeredBy(scene: Scene, order: PackageOrder, said: Instant | null): Promise<Outcome<Released | null>> {
  const { inquiry, scope } = order
  const { actor } = scene
  if (!inquiry || !actor) return good(null)
  return scene.db.transaction((tx) => letterAsked(tx, { inquiry, scope, asOf: said }, actor))
}

/** The instant that a package is about: never one into which an act could still commit. */
export async function instantOf(scene: Pick<Scene, "db">, wanted: Instant | null): Promise<Outcome<Instant>> {
  const head = await logHead(scene.db)
  if (head.size === 0) return refuse("invalid", "invalid.register-empty")
  const asOf = wanted === null || wanted > head.at ? head.at : wanted
  return (await sizeAt(scene.db, asOf)) === 0 ? refuse("invalid", "invalid.register-empty") : good(asOf)
}

/** Sees to it that a checkpoint covers the instant, and the entry. */
async function covered(scene: Scene, signer: LogSigner, asOf: Instant, entry: number): Promise<Outcome<null>> {
  const size = await sizeAt(scene.db, asOf)
  if (await checkpointOver(scene.db, Math.max(size - 1, entry))) return good(null)
  const signed = await signHead(scene, signer)
  return signed.ok ? good(null) : signed
}

/** Whoever is bound to a scope takes bytes that are theirs: the package says who took it. */
export function takerOf(actor: Actor): About["watermark"] {
  const scope = scopeOf(actor)
  if (actor.kind !== "person" || (scope.entities === null && !scope.partiesByEntity)) return null
  const role = isOnlySupervisor(actor) ? "supervisor" : (actor.held[0]?.role ?? "")
  return { person: actor.id, name: actor.name, role }
}

type Noted = PackageWritten & { scope: PackageOrder["scope"]; inquiry: string | null }

function noteExport(write: Making["write"]) {
  return act<Noted, object, object>({
    name: "export.make",
    input: z.custom<Noted>(),
    load: async () => ({}),
    may: () => good({}),
    run: async (_tx, { input: { scope, inquiry, ...made }, scene }) => {
      const { sha256, records, asOf, logSize } = made
      const { told, texts } = mainlandEvent(made.mainland, newId(scene, "export"))
      return done({
        value: {},
        events: [
          {
            act: "export.make",
            objects: [],
            after: {
              sha256,
              records,
              asOf,
              formatVersion: FORMAT_VERSION,
              scope,
              logSize,
              ...(inquiry ? { inquiry } : {}),
              ...told,
            },
          },
        ],
        write: async (tx, place) => {
          await insertDisclosures(tx, texts)
          return write?.(tx, place, made)
        },
      })
    },
  })
}

async function temporaryPath(scene: Scene): Promise<string> {
  const folder = scene.files.temporary()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return join(folder, `export-${randomBytes(12).toString("hex")}.zip`)
}
