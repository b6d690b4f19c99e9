/** What a check found, in words that need no other page. */
import type { Letter } from "./letter"

/** `bytes`: the file itself is not the one that was packed; `content`: the file is, and what it says does not hold. */
export type Fault = { file: string; says: string; of: "bytes" | "content" }
/** Where faults are told. */
export type Faults = { fault: (file: string, says: string, of?: Fault["of"]) => void }
/** A thing that was checked: how many, and whether all of it held. */
export type Check = { name: string; says: string; state: "held" | "failed" | "in-part" }
export type Verdict = "intact" | "altered" | "cannot-tell"

export type About = {
  origin: string
  register: string
  asOf: string
  logSize: number
  logRoot: string
  whole: boolean
  records: { [kind: string]: number }
  /** Who took it, where the bytes are theirs. */
  watermark: string | null
  /** The keys that signed the note, each as one compares it with a letter. */
  prints: string[]
}

export type Report = {
  verdict: Verdict
  /** The file that was altered, or null. */
  item: string | null
  /** One sentence. */
  says: string
  about: About | null
  /** The letter that the package answers. */
  letter: Letter | null
  checks: Check[]
  faults: Fault[]
  /** What was not checked, and why. */
  unchecked: string[]
  /** What came since the older package, where one was given. */
  since: { asOf: string; added: number; changed: number; same: number } | null
  /** Left out on purpose, or erased: with reason where there is one. */
  notes: string[]
}

/** So many faults are told; a file of which every line is wrong says no more by the last than by the first. */
const MOST = 200

/** Gathers what is found. */
export class Findings implements Faults {
  readonly faults: Fault[] = []
  readonly checks: Check[] = []
  readonly unchecked: string[] = []
  readonly notes: string[] = []
  /** Once it was read. */
  letter: Letter | null = null
  more = 0

  /** Something that is not as it was packed, or does not hold. */
  fault(file: string, says: string, of: Fault["of"] = "content"): void {
    if (this.faults.length >= MOST) this.more += 1
    else this.faults.push({ file, says, of })
  }

  /** Whether anything was found in the file so far. */
  has(file: string): boolean {
    return this.faults.some((fault) => fault.file === file)
  }

  /** How much has been found; held against a later count it tells whether a check held. */
  get count(): number {
    return this.faults.length + this.more
  }

  /** Notes a check as done: `before` is the count when it began. */
  check(name: string, says: string, before: number, inPart = false): void {
    this.checks.push({ name, says, state: this.count > before ? "failed" : inPart ? "in-part" : "held" })
  }
}

/** The verdict over everything that was found: what is wrong with bytes goes first, for the rest follows from it. */
export function verdictOf(on: Findings, about: About | null, since: Report["since"], cannot: string | null): Report {
  const faults = [...on.faults.filter((one) => one.of === "bytes"), ...on.faults.filter((one) => one.of !== "bytes")]
  const [first] = faults
  const rest = { about, letter: on.letter, checks: on.checks, faults, unchecked: on.unchecked, since, notes: on.notes }
  if (first) return { verdict: "altered", item: first.file, says: `${first.file}: ${first.says}.`, ...rest }
  if (cannot !== null) return { verdict: "cannot-tell", item: null, says: `${cannot}.`, ...rest }
  return { verdict: "intact", item: null, says: "Everything that could be checked held.", ...rest }
}
