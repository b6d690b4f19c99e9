/** Where the day of a deletion comes from: the flow's own retention, the paper's term, our default, or a day agreed on. */
export const DUTY_TERMS = ["retention", "agreement", "default", "agreed"] as const
export type DutyTerm = (typeof DUTY_TERMS)[number]

/** What the party did with the data: a thing made public is taken down. */
export const DELETION_WAYS = ["deleted", "returned", "kept", "taken-down"] as const
export type DeletionWay = (typeof DELETION_WAYS)[number]
