import { createHash } from "node:crypto"
import { keptFiles, type KeptFile } from "@/db/statements/packed"
import { extensionOf, whyNot, type Why } from "@/domain/exports/files"
import { canonical } from "@/domain/core/canonical"
import type { RecordKind } from "@/domain/records/kinds"
import type { PackageFile } from "@/formats/package"
import { openFile } from "@/usecases/files/read-file"
import type { PackageContext, PackagePart } from "./context"
import { recordsIn } from "./records-in"
import { SortedTexts } from "./sorted"

/** The kinds of records that name files. */
const WITH_FILES = ["agreement", "assessment", "consent", "notice", "demand"] as const satisfies readonly RecordKind[]
const BATCH = 500

/** A file as a record names it; `kept` null: nothing of it is kept here. */
type Named = { record: string; kind: string; id: string; name: string; sha256: string; kept: KeptFile | null }

/**
 * The files that the records of the package name: all by their hashes in `files.json`, and the bytes of those that were asked for. Legal
 * advice stands in neither, whoever takes it; what the scanner holds or refuses, and what is not there or damaged, is named with why.
 */
export const filesPart: PackagePart = async function* (on) {
  const wanted = new SortedTexts(on.folder)
  try {
    for await (const batch of namedIn(on))
      for (const { kept, name } of batch)
        if (kept && whyNot(kept, on.choice) === null) await wanted.add(`${kept.sha256}.${extensionOf(name, kept.type)}`)
    const faulty = new Map<string, Why>()
    const packed = new Map<string, string>()
    for await (const batch of wanted.batches())
      for (const name of batch) {
        const sha256 = name.slice(0, 64)
        // The same bytes under two names are one file.
        if (packed.has(sha256) || faulty.has(sha256)) continue
        const fault = await faultOf(on, sha256)
        if (fault) faulty.set(sha256, fault)
        else {
          packed.set(sha256, `files/${name}`)
          yield { name: `files/${name}`, bytes: bytesOf(on, sha256) } satisfies PackageFile
        }
      }
    yield { name: "files.json", text: listText(on, packed, faulty) }
  } finally {
    await wanted.close()
  }
}

async function* namedIn(on: PackageContext): AsyncGenerator<Named[]> {
  for (const kind of WITH_FILES)
    for await (const batch of recordsIn(on, kind)) {
      const named = batch.flatMap(({ id, body }) => linesOf(body).map((line) => ({ record: id, ...line })))
      for (let from = 0; from < named.length; from += BATCH) {
        const some = named.slice(from, from + BATCH)
        const kept = await keptFiles(on.tx, [...new Set(some.map(({ fileId }) => fileId))])
        yield some.flatMap(({ record, fileId: id, name, sha256 }) =>
          kept.get(id)?.advice ? [] : [{ record, kind, id, name, sha256, kept: kept.get(id) ?? null }],
        )
      }
    }
}

/** The lines in which a body names its files, each with the hash of what it names. */
function linesOf(body: unknown): { fileId: string; name: string; sha256: string }[] {
  const { files } = body as { files?: { fileId: string; name: string; sha256: string }[] }
  return (files ?? []).map(({ fileId, name, sha256 }) => ({ fileId, name, sha256 }))
}

/** What is wrong with a file whose bytes were asked for; null: nothing. */
async function faultOf(on: PackageContext, sha256: string): Promise<Why | null> {
  if (!(await on.files.has(sha256))) return "missing"
  return (await on.files.check(sha256)) ? "damaged" : null
}

async function* bytesOf(on: PackageContext, sha256: string): AsyncGenerator<Uint8Array> {
  const opened = await openFile({ files: on.files }, sha256)
  if (!opened.ok || !opened.value) throw new Error(`the bytes of file ${sha256} went away while they were packed`)
  const hash = createHash("sha256")
  for await (const piece of opened.value as AsyncIterable<Buffer>) {
    hash.update(piece)
    on.step(0)
    yield piece
  }
  if (hash.digest("hex") !== sha256) throw new Error(`file ${sha256} is not what it was while it was packed`)
}

async function* listText(
  on: PackageContext,
  packed: ReadonlyMap<string, string>,
  faulty: ReadonlyMap<string, Why>,
): AsyncGenerator<string> {
  let before = "[\n"
  for await (const batch of namedIn(on))
    for (const { record, kind, id, name, sha256, kept } of batch) {
      const { type, bytes } = kept ?? { type: null, bytes: null }
      const why =
        whyNot({ sha256, scan: kept?.scan ?? "" }, on.choice) ?? (kept ? (faulty.get(sha256) ?? null) : "missing")
      const place = why === null ? (packed.get(sha256) ?? null) : null
      yield before + canonical({ record, kind, file: id, name, sha256, type, bytes, packed: place, why })
      before = ",\n"
    }
  yield before === "[\n" ? "[]\n" : "\n]\n"
}
