import { open, mkdir, mkdtemp, rm, unlink } from "node:fs/promises"
import { join } from "node:path"
import { sql } from "drizzle-orm"
import type { LogKey, LogSigner } from "@/adapters/log-key/signer"
import { rows, type Tx } from "@/db/connect"
import { logHead, sizeAt } from "@/db/statements/log"
import { base64, noteText, packageText } from "@/domain/audit/note"
import { canonical } from "@/domain/core/canonical"
import type { Instant } from "@/domain/core/instant"
import type { About, Held } from "@/domain/exports/readme"
import { isAll, narrowed, type PackageOrder } from "@/domain/exports/scope"
import type { Entity } from "@/domain/records/evidence"
import { writePackageZip, type PackageFile, type Sum } from "@/formats/package"
import type { FileStore } from "@/adapters/files/store"
import { refuse, good, type Outcome } from "@/domain/core/outcome"
import { keyHistory } from "@/usecases/log/keys"
import { rootAt } from "@/usecases/log/proofs"
import { packsAt } from "@/usecases/packs/known"
import type { Scope } from "@/usecases/scope"
import { once, type Count, type PackageContext, type PackagePart } from "./context"
import { mainlandOf } from "./mainland"
import { PARTS } from "./parts"
import { entitiesAsOf } from "./snapshot"
import { SortedTexts } from "./sorted"

/** Version of the package's form. Another form is another number: the same number gives the same bytes. */
export const FORMAT_VERSION = 6

export type PackageWritten = {
  sha256: string
  bytes: number
  records: number
  asOf: Instant
  logSize: number
  mainland: About["mainland"]
}

/** What a package is to be, and where. */
export type Writing = {
  scope: Scope
  order: PackageOrder
  asOf: Instant
  watermark: About["watermark"]
  /** The supervisor who takes it; left out: whoever takes it is of the company. */
  visitor?: string | null
  signer: LogSigner
  files: FileStore
  /** The file to write; it may not be there yet. */
  path: string
  /** Which of the usual parts; left out: all of them. */
  parts?: readonly PackagePart[]
  /** What opens the package before the usual parts: an authority's letter, the name of its file, and the last entry about it. */
  opens?: { part: PackagePart; questions: string; covers: number } | null
  /** So many signs of records are held in memory (a test holds none). */
  held?: number
  /** Told of every record and entry that was gone through, each time it is; may throw to stop. */
  step?: (n: number) => void
}

/**
 * Writes everything that the order asks for, of what its taker may read, as of the instant, into one new file. Whatever goes wrong, no
 * file is left. The transaction shows one state throughout, and a checkpoint of the log covers the instant.
 */
export async function writePackage(tx: Tx, on: Writing): Promise<Outcome<PackageWritten>> {
  const wants = narrowed(on.order.scope, on.scope.entities)
  if (!wants) return refuse("not-allowed", "not-allowed.role")
  const mainland = await mainlandOf(tx, on.asOf, on.scope, wants, on.order.mainland, on.visitor ?? null)
  if (!mainland.ok) return mainland
  const signing = await signingNow(tx, on.signer)
  if (signing.length === 0) return refuse("conflict", "log.key-unknown")
  const about = await aboutOf(tx, on, wants, mainland.value)
  const temporary = on.files.temporary()
  await mkdir(temporary, { recursive: true, mode: 0o700 })
  const folder = await mkdtemp(join(temporary, "package-"))
  const count: Count = {
    ...{ records: {}, redactions: [], withheld: { references: 0, advice: 0, entries: 0, looks: 0 }, advice: new Set() },
    letter: { told: null, files: [], packed: new Map() },
    ...{ requests: new SortedTexts(folder), commitments: new SortedTexts(folder) },
  }
  const context: PackageContext = {
    ...{ tx, scope: on.scope, wants, redactions: on.order.redactions, choice: on.order.files },
    ...{
      asOf: on.asOf,
      about,
      covers: Math.max(about.logSize - 1, on.opens?.covers ?? 0),
      count,
      files: on.files,
      folder,
      held: on.held,
      step: on.step ?? (() => undefined),
    },
  }
  const file = await open(on.path, "wx+", 0o600)
  try {
    const written = await writePackageZip(
      file,
      filesOf(context, [...(on.opens ? [on.opens.part] : []), ...(on.parts ?? PARTS)]),
      [(sums) => manifest(about, count, sums), (sums) => note(signing, about, sums)],
    )
    await file.close()
    const records = held(count)
    const { logSize } = about
    return good({
      ...{ sha256: written.sha256, bytes: written.bytes, records, asOf: on.asOf, logSize, mainland: mainland.value },
    })
  } catch (problem) {
    await file.close().catch(() => undefined)
    await unlink(on.path).catch(() => undefined)
    throw problem
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function* filesOf(on: PackageContext, parts: readonly PackagePart[]): AsyncGenerator<PackageFile> {
  for (const part of parts) {
    yield* part(on)
    on.count.withheld.advice = on.count.advice.size
  }
}

function manifest(about: About, count: Count, sums: readonly Sum[]): PackageFile {
  const told: Held = {
    records: count.records,
    redactions: [...count.redactions].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)),
    withheld: count.withheld,
  }
  return { name: "manifest.json", text: manifestText({ ...about, ...told }, sums) }
}

/** The canonical JSON of what is said, with the list of all files in its place: a package may hold hundreds of thousands. */
async function* manifestText(said: object, sums: readonly Sum[]): AsyncGenerator<string> {
  const members = Object.entries(said)
  const part = (holds: (key: string) => boolean): string =>
    canonical(Object.fromEntries(members.filter(([key]) => holds(key)))).slice(1, -1)
  const [before, behind] = [part((key) => key < "files"), part((key) => key > "files")]
  yield `{${before}${before === "" ? "" : ","}"files":[`
  for (const [i, sum] of sums.entries()) yield `${i === 0 ? "" : ","}${canonical(sum)}`
  yield `]${behind === "" ? "" : ","}${behind}}\n`
}

/** How many records, as the manifest counts them: our own companies among them. */
function held({ records }: Count): number {
  return Object.values(records).reduce((sum, n) => sum + n, 0)
}

const keyOf = ({ record, path }: { record: string; path: string | null }): string => `${record} ${path ?? ""}`

/** Of the keys at hand those that the log names and did not end: while one follows another both sign, for a letter may be about either. */
async function signingNow(tx: Tx, signer: LogSigner): Promise<LogKey[]> {
  const living = (await keyHistory(tx)).filter((one) => one.until === null)
  const held: LogKey[] = [signer, ...(signer.next ? [signer.next] : [])]
  return held.filter(({ verifier: { id, key } }) => living.some((one) => one.id === id && one.key === base64(key)))
}

function note(keys: readonly LogKey[], { origin, formatVersion }: About, sums: readonly Sum[]): PackageFile {
  const said = sums[sums.length - 1]
  if (said?.name !== "manifest.json") throw new Error("the note stands behind the manifest")
  const text = packageText({ origin, formatVersion, manifest: Uint8Array.from(Buffer.from(said.sha256, "hex")) })
  const signatures = keys.map(({ verifier: { name, id }, sign }) => ({ name, id, signature: sign(text) }))
  return { name: "manifest.note", text: once(noteText({ text, signatures })) }
}

/** What a package, or another file from the register, is about. */
export async function aboutOf(
  tx: Tx,
  on: Pick<Writing, "asOf" | "scope" | "watermark" | "opens">,
  scope: About["scope"],
  mainland: About["mainland"] = null,
): Promise<About> {
  const head = await logHead(tx)
  const logSize = await sizeAt(tx, on.asOf)
  const entities = await entitiesAsOf(tx, on.asOf, on.scope)
  return {
    formatVersion: FORMAT_VERSION,
    origin: head.origin,
    register: head.register,
    asOf: on.asOf,
    logSize,
    logRoot: Buffer.from(await rootAt(tx, logSize)).toString("hex"),
    scope,
    whole: isAll(scope) && on.scope.entities === null && !on.scope.partiesByEntity,
    erasures: await erasures(tx),
    packs: (await packsAt(tx, on.asOf)).map(({ pack, version }) => ({ pack, version })),
    seatRules: entities.flatMap(({ id, body }) => {
      const { dpoDecides, mergeSeats } = body as Entity
      return dpoDecides || mergeSeats ? [{ entity: id, dpoDecides, mergeSeats }] : []
    }),
    watermark: on.watermark,
    mainland,
    questions: on.opens?.questions ?? null,
  }
}

/** What was erased later is gone from every earlier instant as well, so all erasures count, each with its entry. */
async function erasures(tx: Tx): Promise<About["erasures"]> {
  return rows(
    tx,
    sql`select c.commitment, l.at, l.index from log_leaves l
      cross join lateral jsonb_array_elements_text(coalesce(l.bytes::jsonb #> '{after,commitments}', '[]'::jsonb)) as c(commitment)
      where l.act = 'disclosure.erase' order by c.commitment collate "C", l.index`,
  )
}
