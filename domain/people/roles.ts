/** The roles of the product; a person may hold several, each for one entity or for all. */
export const ROLES = ["requester", "procurement", "legal", "dpo", "supervisor", "administrator"] as const
export type Role = (typeof ROLES)[number]

/** A role in effect: `entityId` null is every entity. */
export type HeldRole = { grantId: string; role: Role; entityId: string | null; confirmed: boolean }
