import type { Tx } from "@/db/connect"
import type { FileStore } from "@/adapters/files/store"
import type { Instant } from "@/domain/core/instant"
import type { About, Held } from "@/domain/exports/readme"
import type { FileChoice, PackageScope, WantedRedaction } from "@/domain/exports/scope"
import type { LetterTold } from "@/domain/inquiries/letter"
import type { PackageFile } from "@/formats/package"
import type { Scope } from "@/usecases/scope"
import type { SortedTexts } from "./sorted"

/**
 * What the parts of a package are made of. All of them read by one transaction, which shows one state. What they write may
 * depend on nothing but what stands here: the same scope, instant, log size and erasures give the same bytes.
 */
export type PackageContext = {
  tx: Tx
  /** What whoever takes it may read: their own scope, never widened. */
  scope: Scope
  /** What they chose of it. */
  wants: PackageScope
  redactions: readonly WantedRedaction[]
  /** Which files of agreements go in. */
  choice: FileChoice
  asOf: Instant
  about: About
  /** The entry of the log that the package's checkpoint has to cover. */
  covers: number
  /** What was put in so far; each part adds what it counts. Complete once all parts before are written. */
  count: Count
  /** The bytes of files, which are opened as they are read. */
  files: FileStore
  /** Told of every record and entry that was gone through; throws where it was stopped. */
  step: (n: number) => void
  /** So many signs of records are held in memory for the parts that read them again; left out: some megabytes. A test holds none. */
  held?: number
  /** A folder for what lies on the disk for a moment, taken away with the package. */
  folder: string
}

/** What the letter's part, which comes first, tells the others: the letter, its files as files.json lists them, and where bytes stand by hash. */
export type LetterSo = {
  told: LetterTold | null
  files: { [member: string]: string | number | null }[]
  packed: Map<string, string>
}

/** What a package holds so far. */
export type Count = Held & {
  letter: LetterSo
  /** Files that are legal advice, by id. */
  advice: Set<string>
  /** Requests that brought records of this package. */
  requests: SortedTexts
  /** Commitments that stand in records of this package, without those redacted. */
  commitments: SortedTexts
}

/** A part of a package: writes its files, in an order of its own that is always the same. */
export type PackagePart = (on: PackageContext) => AsyncIterable<PackageFile>

/** One text as a file's content. */
export async function* once<T>(value: T): AsyncGenerator<T> {
  yield value
}
