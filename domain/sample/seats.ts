/**
 * The seats of the sample company: one for each role, and a second lawyer, without whom nothing that legal writes or that
 * takes two lawyers could be decided there (invariant 2).
 */
export const SAMPLE_SEATS = [
  "requester",
  "procurement",
  "legal",
  "second-legal",
  "dpo",
  "supervisor",
  "administrator",
] as const
export type SampleSeat = (typeof SAMPLE_SEATS)[number]
