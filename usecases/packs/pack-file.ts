import { z } from "zod"
import type { Tx } from "@/db/connect"
import type { Pack } from "@/domain/checks/types"
import type { Instant } from "@/domain/core/instant"
import { addDays, dayIn } from "@/domain/core/day"
import { good, refuse } from "@/domain/core/outcome"
import { freeVersion } from "@/domain/packs/edit"
import { bodyOf } from "@/domain/packs/in-force"
import { readJson } from "@/domain/packs/json-lines"
import type { PackFault } from "@/domain/packs/validate"
import { validateOwn } from "@/domain/packs/validate-own"
import { idOf } from "@/domain/records/parts"
import { jot } from "@/usecases/jot"
import { look } from "@/usecases/look"
import { besideOf, refusedPack, sourceOf } from "./beside"
import { putDraft, type Begun } from "./draft-pack"

const FILE_AT_MOST = 900_000

type Read =
  | { ok: true; pack: Pack; recordId: string | null }
  | { ok: false; faults: PackFault[]; lineOf: (path: string) => number }

/** A file that holds a version of a pack, held against what is in force: taken whole or refused whole. */
async function readFile(tx: Tx, text: string, now: Instant): Promise<Read> {
  const json = readJson(text)
  if (!json.ok) return { ok: false, faults: [{ path: "", says: "pack.json", params: {} }], lineOf: () => json.line }
  const { lineOf } = json
  // When it is published is no matter of the file: it is the instant of its approval.
  const data = isObject(json.value) ? { ...json.value, publishedAt: await latest(tx, now) } : json.value
  const beside = await besideOf(tx, null, now)
  const named = isObject(json.value) ? json.value : {}
  const before = beside.own.find((pack) => pack.pack === named.pack && pack.version === named.replaces)
  const faults = validateOwn(data, { ...beside, recordId: before?.own ?? null })
  return faults.length
    ? { ok: false, faults, lineOf }
    : { ok: true, pack: data as unknown as Pack, recordId: before?.own ?? null }
}

async function latest(tx: Tx, now: Instant): Promise<string> {
  const { own } = await besideOf(tx, null, now)
  const last = own[own.length - 1]?.publishedAt ?? now
  return last > now ? last : now
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

export type CheckedFile = {
  pack: string
  version: string
  clauses: number
  faults: { line: number; path: string; says: string; params: Record<string, string> }[]
}

const input = z.strictObject({ text: z.string().max(FILE_AT_MOST, "invalid.tooLong") })

/** Whether a file could be taken as a version of a pack: every fault with its line. Writes nothing. */
export const checkPackFile = look<{ text: string }, CheckedFile>({
  name: "clauses.read",
  input,
  run: async (tx, { input: { text }, scene }) => {
    const read = await readFile(tx, text, scene.now)
    if (!read.ok)
      return good({
        ...{ pack: "", version: "", clauses: 0 },
        faults: read.faults.map(({ path, says, params }) => ({ line: read.lineOf(path), path, says, params })),
      })
    const { pack } = read
    return good({ pack: pack.pack, version: pack.version, clauses: pack.clauses.length, faults: [] })
  },
})

const uploading = z.strictObject({
  text: z.string().max(FILE_AT_MOST, "invalid.tooLong"),
  title: z.string().max(200).default(""),
})
type Uploading = z.output<typeof uploading>

/** Begins a request for the version that a file holds; one fault refuses the file whole, with its line. */
export const uploadPack = jot<Uploading, Begun>({
  name: "pack.propose",
  input: uploading as unknown as z.ZodType<Uploading>,
  run: async (tx, { input: { text, title }, actor, scene }) => {
    const read = await readFile(tx, text, scene.now)
    if (!read.ok) return refusedPack(read.faults, read.lineOf)
    const body = bodyOf(read.pack, title.trim() || read.pack.pack)
    return putDraft(tx, { body, recordId: read.recordId, actor, scene })
  },
})

const downloading = z.strictObject({
  pack: z.string().max(60).default("statement"),
  recordId: idOf("pack").nullable().default(null),
})
type Downloading = z.output<typeof downloading>

/** The text that counts last as a file for its next version: to be changed elsewhere, and uploaded again. */
export const downloadPack = look<Downloading, { name: string; text: string }>({
  name: "clauses.read",
  input: downloading as unknown as z.ZodType<Downloading>,
  run: async (tx, { input: asked, scene }) => {
    const beside = await besideOf(tx, asked.recordId, scene.now)
    const mine = beside.own.filter((one) => one.own === asked.recordId)
    const source = asked.recordId ? mine[mine.length - 1] : sourceOf(beside, asked.pack)
    if (!source) return refuse("not-found", "not-found")
    const { own: _own, publishedAt: _at, ...rest } = source
    const all = [...beside.shipped, ...beside.own].filter((one) => one.pack === source.pack)
    const next = {
      ...rest,
      ...{ version: freeVersion(all.map((one) => one.version)), replaces: source.version },
      effectiveFrom: addDays(dayIn("UTC", scene.now), 30),
    }
    return good({ name: `${source.pack}-${next.version}.json`, text: `${JSON.stringify(next, null, 2)}\n` })
  },
})
