import { SUBJECTS } from "@/domain/vocabulary/subjects"
import { hasFlag, type Term } from "@/domain/vocabulary/term"
import { isSpecial } from "./families"
import type { Asked, Beginning, Option } from "./question"

export const codes = (...list: readonly string[]): Option[] => list.map((code) => ({ code }))
export const terms = (list: readonly Term[]): Option[] => list.map(({ code, label }) => ({ code, label }))

/** Upper ends of the ranges in which people are counted: the careful reading of a range is its top. */
export const PEOPLE_RANGES = ["100", "10000", "100000", "1000000", "100000000"] as const
/** Days that data is kept, from which a requester chooses. */
export const KEPT_DAYS = ["0", "30", "90", "180", "365", "1095", "2190", "3650"] as const
/** A flow for more purposes than this is several flows. */
export const MOST_PURPOSES = 3

/** The beginnings in which a new flow is described. */
const FLOWS: readonly Beginning[] = ["new-supplier", "affiliate", "merger", "publish", "authority", "running"]
export const begins =
  (...list: readonly Beginning[]) =>
  (of: Asked): boolean =>
    list.includes(of.code("1.1") as Beginning)
export const flow = begins(...FLOWS)
/** What runs is known to carry data: somebody found it. */
export const found = begins("running")
/** Personal data does reach them: else nothing further is asked, and *not sure* is for the DPO to settle. */
export const reaches = (of: Asked): boolean =>
  found(of) || (flow(of) && ["yes", "deidentified"].includes(of.code("2.1") ?? ""))
/** Asked of a flow that is still to be approved; what runs already is recorded first and completed afterwards. */
export const planned = (of: Asked): boolean => reaches(of) && !found(of)
export const special = (of: Asked): boolean => of.codes("3.2").some(isSpecial)
export const delicate = (of: Asked): boolean =>
  special(of) || of.codes("3.1").some((code) => hasFlag(SUBJECTS, code, "child")) || of.code("3.4") === "100000000"
export const forUs = (of: Asked): boolean => of.code("4.1") === "for-us"
export const ownEnds = (of: Asked): boolean => ["own-ends", "together"].includes(of.code("4.1") ?? "")
export const foreign = (of: Asked): boolean =>
  [...of.codes("6.1"), ...of.codes("6.1a")].some((country) => country !== of.facts.entityCountry)
export const newPaper = (of: Asked): boolean => ["ours", "theirs"].includes(of.code("7.1") ?? "")
export const papered = (of: Asked): boolean => begins("renew")(of) || (planned(of) && newPaper(of))
export const isNewParty = (of: Asked): boolean => asksParty(of) && of.newParty()
export const asksParty = begins("new-supplier", "affiliate", "merger", "authority", "running")
export const supplierLike = (of: Asked): boolean => planned(of) && begins("new-supplier")(of)

export const MONTHS = ["1", "3", "6", "12", "24", "36", "60"] as const
export const BY_CLAUSES = ["scc-2021", "bcr", "scc-sa", "adhoc", "uk-idta", "uk-addendum"]
/** Days that a paper gives: to object, to delete once it has ended. */
export const TERM_DAYS = ["7", "14", "30", "60", "90"] as const
/** A basis that holds only where interests were weighed. */
export const isWeighed = (basis: string): boolean => /\.6\.1\.(f|ea)$/.test(basis)
/** What safeguards abroad by a paper, a filing or a certificate, so that there is one to name. */
/** What safeguards the foreign places; an intake begun before each had its own has one for all. */
const ways = (of: Asked): readonly string[] => [
  ...[of.code("6.2") ?? ""].filter((code) => code !== ""),
  ...of.codes("6.2"),
]
export const byModules = (of: Asked): boolean => ways(of).includes("scc-2021")
export const byClauses = (of: Asked): boolean => ways(of).some((code) => BY_CLAUSES.includes(code))
/** Whether something safeguards abroad by a paper, a filing or a certificate, so that there is one to name. */
export const isProven = (code: string): boolean => !["none-needed", "adequacy", "cn-volume"].includes(code)
export const proven = (of: Asked): boolean => ways(of).some(isProven)
export const publishes = begins("publish")
