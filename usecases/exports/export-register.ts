import { createHash, randomBytes } from "node:crypto"
import { createWriteStream } from "node:fs"
import { mkdir, unlink } from "node:fs/promises"
import { join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { sql } from "drizzle-orm"
import { z } from "zod"
import { row, type Tx } from "@/db/connect"
import { leafHashesBefore, logHead, sizeAt } from "@/db/statements/log"
import { addLeaf, emptyEdge, rootOf, type Hash } from "@/domain/audit/tree"
import { canonical } from "@/domain/core/canonical"
import { once as madeOnce } from "@/domain/core/once"
import type { Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { readmeOf, type About, type Held } from "@/domain/exports/readme"
import { headOf, rowOf, type Packed } from "@/domain/exports/table"
import { withoutFiles } from "@/domain/records/advice"
import { withoutIds } from "@/domain/records/withheld"
import { RECORD_KINDS, SHAPES, type RecordKind } from "@/domain/records/kinds"
import { entityShape, type Entity } from "@/domain/records/evidence"
import { zipOf, type PackageFile } from "@/formats/package"
import { act, done } from "@/usecases/act"
import { packsAt } from "@/usecases/packs/known"
import { adviceIn } from "@/usecases/files/advice"
import { asOfInput } from "@/usecases/register/as-of"
import { unseenIn } from "@/usecases/register/unseen"
import type { Scene } from "@/usecases/scene"
import { scopeOf, type Scope } from "@/usecases/scope"
import { signaturesFor } from "./packed-signatures"
import { decisionsFor, entitiesAsOf, recordsAsOf } from "./snapshot"

/** Version of the package's form. Another form is another number: the same number gives the same bytes. */
export const FORMAT_VERSION = 5

export type Exported = { path: string; sha256: string; records: number; asOf: Instant; bytes: number }

/**
 * What a package holds, which files that are legal advice it does not, in how many places a word stands for an id, and
 * the requests that brought its records.
 */
type Count = { records: number; advice: Set<string>; references: number; requests: Set<string> }

const sha256: Hash = (bytes) => createHash("sha256").update(bytes).digest()

/**
 * Writes everything in the reader's scope as of an instant into one package, in a temporary file whose reader takes it
 * away, and notes the export with its hash in the log. An instant beyond the last act is that of the last act.
 */
export const exportRegister = act<{ asOf: Instant | null }, object, Exported>({
  name: "export.make",
  input: z.strictObject({ asOf: asOfInput }) as unknown as z.ZodType<{ asOf: Instant | null }>,
  load: async () => ({}),
  may: () => good({}),
  run: async (tx, { input, actor, scene }) => {
    const written = await writePackage(tx, scene, scopeOf(actor), input.asOf)
    if (!written.ok) return written
    const { sha256: hash, records, asOf } = written.value
    return done<Exported>({
      value: written.value,
      events: [
        { act: "export.make", objects: [], after: { sha256: hash, records, asOf, formatVersion: FORMAT_VERSION } },
      ],
    })
  },
})

/** Writes the package; gives where it lies, its hash and how many records it holds. */
export async function writePackage(
  tx: Tx,
  scene: Scene,
  scope: Scope,
  wanted: Instant | null,
): Promise<Outcome<Exported>> {
  const head = await logHead(tx)
  if (head.size === 0) return refuse("invalid", "invalid.register-empty")
  const asOf = wanted === null || wanted > head.at ? head.at : wanted
  const about = await aboutOf(tx, scope, asOf, head)
  const folder = scene.files.temporary()
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `export-${randomBytes(12).toString("hex")}.zip`)
  const count: Count = { records: 0, advice: new Set(), references: 0, requests: new Set() }
  const hash = createHash("sha256")
  let bytes = 0
  try {
    const zip = zipOf(filesOf(tx, scope, asOf, about, count), {
      name: "manifest.json",
      make: (sums) => `${canonical({ ...about, ...saidOf(count), files: sums })}\n`,
    })
    await pipeline(
      Readable.from(zip),
      async function* (source: AsyncIterable<Uint8Array>) {
        for await (const chunk of source) {
          hash.update(chunk)
          bytes += chunk.length
          yield chunk
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    )
  } catch (problem) {
    await unlink(path).catch(() => undefined)
    throw problem
  }
  return good({ path, sha256: hash.digest("hex"), records: count.records, asOf, bytes })
}

async function aboutOf(
  tx: Tx,
  scope: Scope,
  asOf: Instant,
  head: { origin: string; register: string },
): Promise<About> {
  const size = await sizeAt(tx, asOf)
  const edge = emptyEdge()
  for await (const hashes of leafHashesBefore(tx, size)) for (const leaf of hashes) addLeaf(sha256, edge, leaf)
  // What was erased later is gone from every earlier instant as well, so all erasures count.
  const erased = await row<{ n: number }>(
    tx,
    sql`select count(*)::int as n from log_leaves where act = 'disclosure.erase'`,
  )
  return {
    formatVersion: FORMAT_VERSION,
    origin: head.origin,
    register: head.register,
    scope: { entities: scope.entities },
    asOf,
    logSize: size,
    logRoot: Buffer.from(rootOf(sha256, edge)).toString("hex"),
    erasures: erased?.n ?? 0,
    packs: (await packsAt(tx, asOf)).map(({ pack, version }) => ({ pack, version })),
    seatRules: (await entitiesAsOf(tx, asOf, scope)).flatMap(({ id, body }) => {
      const { dpoDecides, mergeSeats } = body as Entity
      return dpoDecides || mergeSeats ? [{ entity: id, dpoDecides, mergeSeats }] : []
    }),
  }
}

async function* filesOf(tx: Tx, scope: Scope, asOf: Instant, about: About, count: Count): AsyncGenerator<PackageFile> {
  const entities = await entitiesAsOf(tx, asOf, scope)
  const ours = (): AsyncGenerator<Packed[]> =>
    once(
      entities.map((item) => ({
        ...item,
        kind: "entity" as const,
        standing: "approved",
        requestId: null,
        at: item.at,
      })),
    )
  yield { name: "json/entity.json", text: asJson(ours()) }
  yield { name: "csv/entity.csv", text: asCsv("entity", ours()) }
  yield { name: "schema/entity.json", text: once(schemaText(entityShape)) }
  for (const kind of RECORD_KINDS) {
    const records = (counted: boolean): AsyncGenerator<Packed[]> =>
      ofKind(tx, kind, asOf, scope, counted ? count : null)
    yield { name: `json/${kind}.json`, text: asJson(records(true)) }
    yield { name: `csv/${kind}.csv`, text: asCsv(kind, records(false)) }
    yield { name: `schema/${kind}.json`, text: once(schemaText(SHAPES[kind])) }
  }
  const papers = ofKind(tx, "agreement", asOf, scope, null)
  yield { name: "signatures.json", text: asLines(signaturesFor(tx, papers, asOf)) }
  yield { name: "decisions.json", text: asLines(decisionsFor(tx, count.requests, asOf, scope)) }
  yield { name: "README.txt", text: once(readmeOf(about, saidOf(count))) }
}

async function* ofKind(
  tx: Tx,
  kind: RecordKind,
  asOf: Instant,
  scope: Scope,
  count: Count | null,
): AsyncGenerator<Packed[]> {
  for await (const batch of recordsAsOf(tx, kind, asOf, scope)) {
    // Foundation 20: legal advice enters no package, whoever takes it; how much was withheld is said. Nor does the id of a
    // record that whoever takes it may not know of: a word stands there.
    const advice = await adviceIn(tx, batch, "anybody")
    const hidden = await unseenIn(tx, batch, scope, asOf)
    if (count) count.records += batch.length
    if (count) for (const { requestId } of batch) if (requestId) count.requests.add(requestId)
    if (count) for (const file of advice) count.advice.add(file)
    yield batch.map((record) => {
      const { body, places } = withoutIds(withoutFiles(record.body, advice), hidden)
      if (count) count.references += places
      return { ...record, body }
    })
  }
}

/** What manifest and README say of the count. Places, not records: how many records are hidden is nobody's to know. */
function saidOf({ records, advice, references }: Count): Held {
  return { records, adviceWithheld: advice.size, referencesWithheld: references }
}

async function* asJson(batches: AsyncIterable<Packed[]>): AsyncGenerator<string> {
  let before = "[\n"
  for await (const batch of batches)
    for (const { id, kind, version, standing, at, requestId, body } of batch) {
      yield before + canonical({ id, kind, version, standing, at, requestId, body })
      before = ",\n"
    }
  yield before === "[\n" ? "[]\n" : "\n]\n"
}

async function* asLines(batches: AsyncIterable<readonly unknown[]>): AsyncGenerator<string> {
  let before = "[\n"
  for await (const batch of batches)
    for (const one of batch) {
      yield before + canonical(one)
      before = ",\n"
    }
  yield before === "[\n" ? "[]\n" : "\n]\n"
}

async function* asCsv(kind: RecordKind | "entity", batches: AsyncIterable<Packed[]>): AsyncGenerator<string> {
  yield CSV_BEGINS + csvLine(headOf(kind))
  for await (const batch of batches) yield batch.map((record) => csvLine(rowOf(record))).join("")
}

/** A schema never changes while we run, and each takes longer to write than the records of a small register. */
const schemaText = madeOnce(
  (schema: z.ZodType): string => `${canonical(z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }))}\n`,
)

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value
}
