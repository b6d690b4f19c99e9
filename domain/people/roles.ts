import type { Instant } from "@/domain/core/instant"
import type { GrantBound } from "./bounds"

/** The roles of the product; a person may hold several, each for one entity or for all. */
export const ROLES = ["requester", "procurement", "legal", "dpo", "supervisor", "administrator"] as const
export type Role = (typeof ROLES)[number]

/** A role in effect: `entityId` null is every entity. A supervisor's may end and be bound to kinds of records and a period. */
export type HeldRole = {
  grantId: string
  role: Role
  entityId: string | null
  confirmed: boolean
  /** When it ends; absent or null: not of itself. */
  untilAt?: Instant | null
  bound?: GrantBound | null
}
