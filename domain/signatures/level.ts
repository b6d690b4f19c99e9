/** What of PAdES a signature has: said by what is there, not by what it claims. */
export function levelOf(has: {
  cades: boolean
  stamped: boolean
  validationData: boolean
  stampedAfterwards: boolean
}): "B-B" | "B-T" | "B-LT" | "B-LTA" | null {
  if (!has.cades) return null
  if (!has.stamped) return "B-B"
  if (!has.validationData) return "B-T"
  return has.stampedAfterwards ? "B-LTA" : "B-LT"
}
