import { createHmac, randomBytes } from "node:crypto"
import { canonical } from "@/domain/core/canonical"
import type { RecordKind } from "@/domain/records/kinds"
import { seal } from "@/domain/records/seal"

/** A value with its salt, kept apart from the commitment so that erasing is deleting the pair. */
export type Disclosure = { commitment: string; salt: Buffer; value: string; ownerId: string }

/** HMAC-SHA-256 with a salt of 32 bytes over the value's canonical JSON (security handbook, Erasure). */
export function commitTo(value: string, salt: Buffer): string {
  return createHmac("sha256", salt).update(canonical(value), "utf8").digest("hex")
}

/** A fresh commitment to one text. */
export function commitText(value: string, ownerId: string): Disclosure {
  const salt = randomBytes(32)
  return { commitment: commitTo(value, salt), salt, value, ownerId }
}

/**
 * Seals a body. A value that `known` holds keeps its commitment, so that an unchanged value reads the same in every
 * version; others get a fresh one, added to `fresh`.
 */
export function sealBody(
  kind: RecordKind,
  ownerId: string,
  body: unknown,
  known: Map<string, string>,
  fresh: Disclosure[],
): unknown {
  return seal(kind, body, (value) => {
    const kept = known.get(value)
    if (kept) return kept
    const made = commitText(value, ownerId)
    fresh.push(made)
    known.set(value, made.commitment)
    return made.commitment
  })
}
