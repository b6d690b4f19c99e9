import type { Agreement } from "@/domain/records/agreement"
import type { Overall } from "./report"

/** What is known of one file of a paper: the last word about it, that it could not be looked at, or that nobody looked yet. */
export type FileWord = Overall | "refused" | "unseen"

/** What is known of the files of a paper, as of the instant at which the facts were laid together. */
export type PaperWords = readonly { fileId: string; word: FileWord }[]

/** Words of files that carry the claim that a signature was checked: it is whole, and nothing came later that it does not allow. */
const BEARS: readonly FileWord[] = ["passed", "intact-untrusted"]

/** Words of files that a signature speaks against. */
export const SPEAKS_AGAINST: readonly FileWord[] = ["altered", "failed"]

/** Words of files that are signed, and of which it can be said whether they were changed. */
export const SIGNED_WORDS: readonly FileWord[] = [...BEARS, ...SPEAKS_AGAINST]

/** Whether the paper, or somebody's signing of it, is said to be known by a signature that was checked. */
export function restsOnSignature(paper: Pick<Agreement, "knownHow" | "signatories">): boolean {
  return paper.knownHow === "signature-checked" || paper.signatories.some((one) => one.knownHow === "signature-checked")
}

/** Whether a file of the paper carries the claim. */
export function isBorne(words: PaperWords): boolean {
  return words.some(({ word }) => BEARS.includes(word))
}

/**
 * Whether what was found speaks against the claim: a file is altered or failed, and none carries it. What is only missing
 * (nobody looked yet, nothing can be said) speaks against nothing.
 */
export function isRefuted(words: PaperWords): boolean {
  return !isBorne(words) && words.some(({ word }) => SPEAKS_AGAINST.includes(word))
}

/** In which order words are told where no file carries the claim. */
const WORST: readonly FileWord[] = ["altered", "failed", "indeterminate", "unsigned", "refused", "unseen"]

/** The word by which a paper is told that nothing carries; null: it has no file. */
export function worstOf(words: PaperWords): FileWord | null {
  return WORST.find((word) => words.some((one) => one.word === word)) ?? null
}

/** Papers are listed by one word: what speaks against them first, then what carries them, then what is only missing. */
export function listedWord(words: PaperWords): FileWord | null {
  const order: readonly FileWord[] = ["altered", "failed", "indeterminate", "passed", "intact-untrusted"]
  return [...order, ...WORST].find((word) => words.some((one) => one.word === word)) ?? null
}
