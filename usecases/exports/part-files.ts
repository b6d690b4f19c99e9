import { keptFiles, type KeptFile } from "@/db/statements/packed"
import { extensionOf, whyNot, type Why } from "@/domain/exports/files"
import { canonical } from "@/domain/core/canonical"
import type { RecordKind } from "@/domain/records/kinds"
import type { PackageFile } from "@/formats/package"
import type { PackageContext, PackagePart } from "./context"
import { bytesOf, faultOf } from "./packed-bytes"
import { recordsIn } from "./records-in"
import { SortedTexts } from "./sorted"

/** The kinds of records that name files. */
const WITH_FILES = ["agreement", "assessment", "consent", "notice", "demand"] as const satisfies readonly RecordKind[]
const BATCH = 500

/** A file as a record names it; `kept` null: nothing of it is kept here. */
type Named = { record: string; kind: string; id: string; name: string; sha256: string; kept: KeptFile | null }

/**
 * The files that the answers to a letter and the records of the package name: all by their hashes in `files.json`, and the bytes of those that were asked for. Legal
 * advice stands in neither, whoever takes it; what the scanner holds or refuses, and what is not there or damaged, is named with why.
 */
export const filesPart: PackagePart = async function* (on) {
  const wanted = new SortedTexts(on.folder)
  try {
    for await (const batch of namedIn(on))
      for (const { kept, name } of batch)
        if (kept && whyNot(kept, on.choice) === null) await wanted.add(`${kept.sha256}.${extensionOf(name, kept.type)}`)
    const faulty = new Map<string, Why>()
    // Those of a letter's answers are in already, whatever was asked for.
    const packed = new Map(on.count.letter.packed)
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

async function* listText(
  on: PackageContext,
  packed: ReadonlyMap<string, string>,
  faulty: ReadonlyMap<string, Why>,
): AsyncGenerator<string> {
  let before = "[\n"
  for (const line of on.count.letter.files) {
    yield before + canonical(line)
    before = ",\n"
  }
  for await (const batch of namedIn(on))
    for (const { record, kind, id, name, sha256, kept } of batch) {
      const { type, bytes } = kept ?? { type: null, bytes: null }
      const why =
        kept && on.count.letter.packed.has(sha256)
          ? null
          : (whyNot({ sha256, scan: kept?.scan ?? "" }, on.choice) ?? (kept ? (faulty.get(sha256) ?? null) : "missing"))
      const place = why === null ? (packed.get(sha256) ?? null) : null
      yield before + canonical({ record, kind, file: id, name, sha256, type, bytes, packed: place, why })
      before = ",\n"
    }
  yield before === "[\n" ? "[]\n" : "\n]\n"
}
