import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import type { AgreementKind } from "@/domain/vocabulary/agreements"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"

/** Clauses on one page of the sample's paper. */
const ON_A_PAGE = 3

const ITEMS = [
  ...new Map(Object.values(CHECKLISTS).flatMap((list) => list.map((line) => [line.item, line.meaning] as const))),
]

/** The words by which the sample's paper says a clause. */
export function sampleWords(item: string): string {
  const meaning = ITEMS.find(([one]) => one === item)?.[1] ?? item
  return `The parties agree: ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)}. This holds from the first day to the last and, where it says so, after it.`
}

/** The page of the sample's paper on which a clause stands, counted from one; the first page is its title. */
export function samplePage(item: string): number {
  const at = ITEMS.findIndex(([one]) => one === item)
  return at < 0 ? 1 : 2 + Math.floor(at / ON_A_PAGE)
}

/** The one paper that stands for every agreement of the sample: what it says, page by page. It binds nobody. */
export const SAMPLE_PAPER: readonly string[] = [
  "Agreement of the sample company.\n\nIt is made up, binds nobody, and says every clause that a paper of any kind is asked for.",
  ...Array.from({ length: Math.ceil(ITEMS.length / ON_A_PAGE) }, (_, page) =>
    ITEMS.slice(page * ON_A_PAGE, (page + 1) * ON_A_PAGE)
      .map(([item], i) => `${page * ON_A_PAGE + i + 1}. ${sampleWords(item)}`)
      .join("\n\n"),
  ),
]

// The clauses for transfers stand in annexes of the same paper.
const TRANSFER_ITEMS = [
  ...["MODULE", "ANNEX-I.A", "ANNEX-I.B", "ANNEX-I.C", "ANNEX-II", "ANNEX-III", "TABLES", "TEXT", "FILED"],
]

/** Every clause of a kind of agreement, and those for transfers, as they are marked in the sample's paper. */
export function saidIn(fileId: Id<"file">, kind: AgreementKind): Pick<Agreement, "checklist" | "marks"> {
  const items = [...new Set([...(CHECKLISTS[kind] ?? []).map(({ item }) => item), ...TRANSFER_ITEMS])]
  return {
    checklist: items.map((item) => ({ item, fileId, page: known(samplePage(item)), verdict: "there" })),
    marks: items.map((item) => ({ item, fileId, page: samplePage(item), quote: sampleWords(item), area: null })),
  }
}
