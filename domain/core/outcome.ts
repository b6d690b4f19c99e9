import type { Finding } from "@/domain/checks/types"

/** Why an act was refused. The five codes of the handbook; nothing else is ever returned. */
export type RefusalCode = "invalid" | "not-found" | "not-allowed" | "conflict" | "blocked"

/**
 * An expected refusal. `says` is a key of the word catalogue, `params` fills its places,
 * `fields` names what to mend by path, `findings` what blocks.
 */
export type Refusal = {
  ok: false
  code: RefusalCode
  says: string
  params?: Record<string, string | number>
  fields?: { path: string; says: string; params?: Record<string, string | number> }[]
  findings?: Finding[]
  /** The page of ours that goes on from here. */
  leadsTo?: string
}

export type Outcome<T> = { ok: true; value: T } | Refusal

/** A value, as an outcome. */
export function good<T>(value: T): { ok: true; value: T } {
  return { ok: true, value }
}

/** A refusal with its code and the catalogue's key for the sentence. */
export function refuse(code: RefusalCode, says: string, more: Omit<Refusal, "ok" | "code" | "says"> = {}): Refusal {
  return { ok: false, code, says, ...more }
}
