import { refuse, type Refusal } from "@/domain/core/outcome"

const SAYS: Record<string, Refusal> = {
  ON010: refuse("not-allowed", "not-allowed.rewrite"),
  ON012: refuse("conflict", "conflict.moved"),
  ON013: refuse("not-allowed", "not-allowed.author"),
  ON014: refuse("not-allowed", "not-allowed.seated"),
  ON017: refuse("not-allowed", "not-allowed.not-named"),
  ON018: refuse("conflict", "conflict.stage-taken"),
  ON019: refuse("conflict", "conflict.thread"),
  ON020: refuse("conflict", "conflict.condition"),
  ON015: refuse("not-allowed", "not-allowed.administrator-decides"),
  ON070: refuse("conflict", "exports.over"),
  ON050: refuse("not-allowed", "not-allowed.own-template"),
  ON051: refuse("conflict", "conflict.template-not-in-force"),
  ON038: refuse("conflict", "conflict.file-infected"),
  ON040: refuse("not-allowed", "not-allowed.rewrite"),
  ON041: refuse("conflict", "conflict.file-held"),
  ON023: refuse("conflict", "conflict.away-overlaps"),
  ON024: refuse("conflict", "conflict.merged-away"),
  ON025: refuse("conflict", "conflict.announcement-stands"),
  ON043: refuse("conflict", "conflict.trust-waits"),
  ON044: refuse("not-allowed", "not-allowed.own-trust"),
  ON100: refuse("not-allowed", "not-allowed.own-key"),
  ON101: refuse("not-allowed", "not-allowed.own-erasure"),
  ON102: refuse("conflict", "conflict.erased"),
  ON090: refuse("conflict", "conflict.held"),
  ON091: refuse("conflict", "conflict.held"),
  ON092: refuse("not-allowed", "not-allowed.own-hold"),
  ON093: refuse("not-allowed", "not-allowed.own-answer"),
  ON094: refuse("conflict", "conflict.moved"),
  ON045: refuse("not-allowed", "not-allowed.paper-author"),
  ON080: refuse("conflict", "conflict.bound-beside"),
  ON021: refuse("not-allowed", "not-allowed.no-delegation"),
}

/** Input that no column can hold: text with NUL, a number beyond its column, a day that is none. */
const UNFIT = new Set(["22021", "22P05", "22003", "22007", "22008", "22P02"])

const BY_CONSTRAINT: Record<string, Refusal> = {
  decisions_once: refuse("conflict", "conflict.stage-taken"),
  seats_request_id_person_id_pk: refuse("not-allowed", "not-allowed.second-seat"),
  people_email: refuse("conflict", "conflict.email-taken"),
  identities_issuer_subject_pk: refuse("conflict", "conflict.identity-taken"),
  identities_person: refuse("conflict", "conflict.identity-linked"),
  versions_at: refuse("conflict", "conflict.moved"),
  versions_record_id_n_pk: refuse("conflict", "conflict.moved"),
  paper_confirmations_agreement_id_sha256_person_id_pk: refuse("conflict", "conflict.paper-seen"),
  records_pkey: refuse("conflict", "conflict.moved"),
  version_refs_target_id_records_id_fk: refuse("conflict", "conflict.refers-to-nothing"),
}

/**
 * What the database refused, in the product's words. `again`: a lock could not be had or a deadlock was broken, so the
 * act may simply be tried once more. Null: a failure, to be thrown on.
 */
export function fromDatabase(problem: unknown): Refusal | "again" | null {
  const cause = problem instanceof Error && problem.cause ? problem.cause : problem
  const { code, constraint } = (cause ?? {}) as { code?: string; constraint?: string }
  if (!code) return null
  if (code === "40001" || code === "40P01" || code === "55P03") return "again"
  if (SAYS[code]) return SAYS[code]
  if (code === "53100") return refuse("conflict", "conflict.no-room")
  if (UNFIT.has(code)) return refuse("invalid", "invalid.value")
  if (code === "23505" || code === "23503") return (constraint && BY_CONSTRAINT[constraint]) || null
  return null
}
