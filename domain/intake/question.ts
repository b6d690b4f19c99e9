import type { Day } from "@/domain/core/day"

/** Whose answer it is: who knows it, or who has to say it. */
export type Asker = "requester" | "procurement" | "legal" | "dpo" | "supplier"

/** What somebody wants to do: the first question, from which the others follow. */
export const BEGINNINGS = [
  "new-supplier",
  "more-data",
  "affiliate",
  "merger",
  "publish",
  "authority",
  "renew",
  "end",
  "running",
] as const
export type Beginning = (typeof BEGINNINGS)[number]

/** The blocks in which questions are asked, one screen each. */
export const BLOCKS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"] as const
export type Block = (typeof BLOCKS)[number]

export type Option = { code: string; label?: string }
/** Records of the register from which one is chosen. */
export type Picked = "entity" | "sharing" | "agreement" | "consent"

/** What an answer looks like. */
export type Shape =
  | { is: "one"; options: readonly Option[] }
  | { is: "many"; options: readonly Option[]; most: number }
  | { is: "text"; most: number }
  | { is: "day"; past?: true; future?: true; found?: true }
  | { is: "countries" }
  | { is: "pick"; of: Picked }
  /** A party of the register, or the name of one that it lacks. */
  | { is: "party" }
  /** A sentence for each purpose and group of kinds. */
  | { is: "sentences" }
  /** A choice for each foreign country of the places that were named. */
  | { is: "each"; options: readonly Option[] }

export type PartyChoice = { id: string } | { name: string }
export type Value = string | string[] | PartyChoice | Record<string, string>

/** Whence an answer stands there that nobody typed: a record of the register by its name, or one's own account. */
export type Whence = { of: "party" | "sharing" | "agreement" | "entity" | "account" | "term"; title: string }

/**
 * An answer. *Not sure* and *ask the supplier* are answers too (foundation 5): whom it was asked of, and by when. One that
 * is not there is blank.
 */
export type Given =
  | { state: "known"; value: Value; from?: Whence }
  | { state: "unknown"; asked?: string; due?: Day; of?: "supplier" }
  | { state: "not-applicable" }

/** Answers by the id of their question; those without one are blank. */
export type Answers = Readonly<Record<string, Given>>

/** What the register says that a condition may ask for, beside the answers. */
export type Facts = {
  /** The country of the chosen company of ours. */
  entityCountry: string | null
}

/** Reads earlier answers in a condition. */
export type Asked = {
  /** The code that was chosen, or null. */
  code: (id: string) => string | null
  /** All codes that were chosen; of a choice for each country, those of all of them. */
  codes: (id: string) => readonly string[]
  state: (id: string) => Given["state"] | "blank"
  /** Whether the party is one that the register lacks. */
  newParty: () => boolean
  facts: Facts
}

export type Question = {
  id: string
  block: Block
  /** When it is asked, by what was answered before it. */
  when: (of: Asked) => boolean
  who: readonly Asker[]
  /** The beginning in which it is the requester's own to say, beside those. */
  requesterIn?: Beginning
  shape: Shape
  /** Whether the request cannot be approved without it, is weaker without it, or does without. */
  need: "blocks" | "warns" | "optional"
  /** Where the answer goes: the kind of record and its field, or `stages`, `advice`, `kept` (with the request alone). */
  drives: readonly string[]
  /** Clauses behind it: the promise or duty for whose sake it is asked. */
  clauses: readonly string[]
  /** No clause stands behind it: it is asked so that the request can be handled. */
  handling?: true
  /** It may be that it does not apply: *until further notice*. */
  orNot?: true
}
