import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { hasFlag } from "@/domain/vocabulary/term"

/** Groups of kinds of data that are needed for the same reason, if they are. Special kinds stand alone. */
export const FAMILIES = [
  "contact",
  "account",
  "device",
  "location",
  "order",
  "content",
  "background",
  "special",
] as const
export type Family = (typeof FAMILIES)[number]

const BY_PREFIX: Record<string, Family> = {
  id: "contact",
  contact: "contact",
  acct: "account",
  device: "device",
  net: "device",
  online: "device",
  log: "device",
  loc: "location",
  order: "order",
  fin: "order",
  content: "content",
  perm: "content",
}

/** Whether a kind of data is one that a law guards more closely, so that its need is never taken as read. */
export function isSpecial(kind: string): boolean {
  return ["art9", "art10", "pipl-sensitive"].some((flag) => hasFlag(DATA_KINDS, kind, flag))
}

/** The group that a kind of data belongs to. */
export function familyOf(kind: string): Family {
  return isSpecial(kind) ? "special" : (BY_PREFIX[kind.split(".")[0] ?? ""] ?? "background")
}
