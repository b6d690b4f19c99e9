import { ALWAYS } from "@/domain/core/stretch"
import { BY_ACCEPTANCE } from "@/domain/records/acceptance"
import {
  isBorne,
  restsOnSignature,
  SIGNED_WORDS,
  SPEAKS_AGAINST,
  worstOf,
  type FileWord,
} from "@/domain/signatures/bears"
import { settle, type Problem } from "@/domain/checks/kit"
import type { Check } from "@/domain/checks/types"

/** Nobody has looked, or nobody could: it may still turn out well. */
const NOT_KNOWN: readonly FileWord[] = ["refused", "unseen"]

/**
 * Where a paper, or somebody's signing of it, is said to be known by a checked signature, one of its files carries that: whole,
 * and nothing added that was not allowed. Without knowledge of any results it says nothing.
 */
export const signatureBorne: Check = (facts) => {
  if (facts.about !== "agreement") return settle([], [])
  const { body, signatures } = facts.agreement
  if (!signatures || !restsOnSignature(body)) return settle([], [])
  if (isBorne(signatures)) return settle(ALWAYS, [])
  const word = worstOf(signatures)
  const verdict = word !== null && NOT_KNOWN.includes(word) ? ("unknown" as const) : ("broken" as const)
  return settle(ALWAYS, [{ days: ALWAYS, verdict, says: `.${word ?? "none"}`, path: "knownHow" }])
}

/**
 * A signed file is what was signed: no file of the paper was altered after signing, and no signature in it fails. Parameters:
 * `signed`, whether kinds that have to be signed are meant, or those that bind by being accepted. What is only stated covers
 * nothing, and is not looked at.
 */
export const signatureWhole: Check = (facts, params) => {
  if (facts.about !== "agreement") return settle([], [])
  const { body, signatures } = facts.agreement
  const meant = BY_ACCEPTANCE.includes(body.kind) !== params.signed && body.knownHow !== "stated"
  if (!meant || !signatures?.some(({ word }) => SIGNED_WORDS.includes(word))) return settle([], [])
  const problems = SPEAKS_AGAINST.filter((word) => signatures.some((one) => one.word === word)).map(
    (word): Problem => ({ days: ALWAYS, verdict: "broken", says: `.${word}`, path: "files" }),
  )
  return settle(ALWAYS, problems)
}
