import type { Day } from "@/domain/core/day"
import type { MakerRole, Withheld, WithheldFor } from "./redaction"

/** What a copy says of itself: it goes out, to people who have no screen of ours. Roles stand in it and no names. */
export type Sheet = { title: string; lines: string[]; pages: { title: string; lines: string[] }[] }

/** The reasons as they stand on a copy. */
export const REASON_WORDS: Record<WithheldFor, string> = {
  secret: "business or trade secret",
  people: "personal data of people who are not concerned",
  price: "prices and commercial terms",
  security: "details of security measures",
  privilege: "legal advice",
  "not-asked": "not part of what was asked for",
}
/** The makers as they stand on a copy. */
export const ROLE_WORDS: Record<MakerRole, string> = { legal: "legal counsel", dpo: "data protection officer" }

const MONTHS = "January February March April May June July August September October November December".split(" ")

/** A day in words that every reader takes alike. */
function dayWords(day: Day): string {
  const [year, month, on] = day.split("-")
  return `${Number(on)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** The sheets of a copy. The same choice on the same day says the same. */
export function sheetOf(of: {
  sha256: string
  pages: number
  withheld: readonly Withheld[]
  role: MakerRole
  on: Day
}): Sheet {
  const by = `by the ${ROLE_WORDS[of.role]}, on ${dayWords(of.on)}`
  const why = ({ reason, words }: Withheld): string =>
    `${REASON_WORDS[reason]}${words.trim() === "" ? "" : ` (${words.trim()})`}`
  const count = of.withheld.length
  return {
    title: "Redacted copy",
    lines: [
      `This is a copy of a file of ${of.pages} page${of.pages === 1 ? "" : "s"}, of which ${count} ${count === 1 ? "is" : "are"} withheld. It was made ${by}.`,
      "The original's SHA-256 is",
      of.sha256,
      "Whoever holds the original can compute it again: the copy was made of that file and no other.",
      "Withheld:",
      ...of.withheld.map((one) => `Page ${one.page}: ${why(one)}`),
      "What this copy is not:",
      "It is not the original, and no signature of the original holds on it. Links, comments, attachments, bookmarks and the file's own notes are left out; what is filled in or stamped on a page that is kept is drawn on it. A withheld page is not covered over: its content is not in this file.",
    ],
    pages: of.withheld.map((one) => ({
      title: `Page ${one.page} withheld`,
      lines: [`Reason: ${why(one)}.`, `Withheld ${by}.`],
    })),
  }
}
