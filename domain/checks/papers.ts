import { stretchOf } from "@/domain/core/dated"
import { endedByAct, endOfPaper } from "@/domain/agreements/rules-of"
import { later, type Day } from "@/domain/core/day"
import { lately, recently } from "@/domain/core/once"
import { ALWAYS, intersect, subtract, union, type Stretch } from "@/domain/core/stretch"
import type { Agreement } from "@/domain/records/agreement"
import { waitsForTwo, type PaperSeen } from "@/domain/records/by-hand"
import { acceptedOnline, BY_ACCEPTANCE } from "@/domain/records/acceptance"
import { isRefuted, restsOnSignature } from "@/domain/signatures/bears"
import type { Fact, SharingFacts } from "./types"

type Paper = Fact<"agreement", Agreement>

/**
 * The day from which all sides are bound: the last of the sides' first signatures, or acceptances where the kind needs
 * no more, or the day on which published terms were accepted online. Null while a side is missing, undated or only stated, and while a
 * paper signed by hand that two people confirm was not looked at by both.
 */
export function boundOn(agreement: Agreement, confirmed: readonly PaperSeen[] = []): Day | null {
  if (waitsForTwo(agreement, confirmed)) return null
  const online = acceptedOnline(agreement)
  if (online !== null) return online
  let last: Day | null = null
  for (const side of ["entity", "party"] as const) {
    const days = agreement.signatories.flatMap((one) =>
      one.side === side &&
      one.knownHow !== "stated" &&
      one.signedOn.state === "known" &&
      (one.how === "signed" || BY_ACCEPTANCE.includes(agreement.kind))
        ? [one.signedOn.value]
        : [],
    )
    const all = agreement.signatories.filter((one) => one.side === side).length
    // Whoever is named has to have signed: a side with an open signature is not bound yet.
    if (days.length === 0 || days.length < all) return null
    for (const day of days) last = last === null ? day : later(last, day)
  }
  return last
}

/**
 * The first day on which the paper holds: the later of effect and last signature. Null: not evidenced, or said to be known by a
 * signature that speaks against it.
 */
function beginsOn({
  body: agreement,
  signatures,
  confirmed,
}: Pick<Paper, "body" | "signatures" | "confirmed">): Day | null {
  if (signatures && restsOnSignature(agreement) && isRefuted(signatures)) return null
  if (agreement.knownHow === "stated" || agreement.effectOn.state !== "known") return null
  const bound = boundOn(agreement, confirmed)
  return bound === null ? null : later(agreement.effectOn.value, bound)
}

/**
 * The days on which the paper is in effect between the sides: from the later of effect and last signature, to its last
 * day or the day on which a termination takes effect; one that renews of itself runs on past the end of its first term
 * until notice was given (domain/agreements). What is only stated, undated at its beginning, or unanswered at
 * its end is in effect on no day (foundation 21, domain handbook 7.5).
 */
export function inEffect(paper: Paper): Stretch[] {
  const { body } = paper
  const begins = beginsOn(paper)
  if (begins === null) return []
  const to = endOfPaper(body, paper.standing)
  if (to === undefined || (to === null && paper.standing === "ended")) return []
  return union([{ from: begins, to }])
}

/**
 * The paper that an amendment goes back to, over amendments of amendments; itself when it amends nothing. Papers that
 * amend each other in a circle go back to where the circle closes.
 */
function rootOf(papers: readonly Paper[], paper: Paper): Paper {
  const seen = new Set<string>([paper.id])
  let root = paper
  for (;;) {
    const before = papers.find((one) => one.id === root.body.amends)
    if (!before || seen.has(before.id)) return root
    seen.add(before.id)
    root = before
  }
}

/** Papers that cover the sharing, each with its days. From an amendment's effect on, the amendment says what is covered. */
export function papersOf(facts: SharingFacts): { paper: Paper; root: Paper; days: Stretch[] }[] {
  return papersOfFacts(facts)
}

const papersOfFacts = lately((facts: SharingFacts): { paper: Paper; root: Paper; days: Stretch[] }[] =>
  between(facts.agreements).map(({ paper, root, holds, over }) => {
    const named = paper.body.covers.filter((line) => line.sharingId === facts.sharing.id)
    const days = named.length === 0 || holds.length === 0 ? [] : intersect(holds, union(named.map(stretchOf)))
    return { paper, root, days: days.length === 0 ? days : subtract(days, over) }
  }),
)

/** The papers between a company and a party, whichever flow asks: when each is in effect, and when its text is replaced. */
const between = recently((papers: readonly Paper[]) => {
  const all = papers.map((paper) => ({ paper, root: rootOf(papers, paper), begins: beginsOn(paper) }))
  return all.map(({ paper, root, begins }) => {
    // An open last day of the amendment does not bring the older text back: its beginning is enough to replace it.
    const replaced = all.flatMap((other) => {
      if (other.root.id !== root.id || other.paper.id === root.id || other.begins === null) return []
      const newer = paper.id === root.id || (begins !== null && other.begins > begins)
      return newer ? [{ from: other.begins, to: null }] : []
    })
    // A paper in the place of another ends it, with all that amends it, once it holds itself.
    const superseded = all.flatMap((other) => {
      const before = papers.find((one) => one.id === other.paper.body.replaces)
      if (!before || other.begins === null || rootOf(papers, before).id !== root.id) return []
      return other.root.id === root.id ? [] : [{ from: other.begins, to: null }]
    })
    const ended = endedByAct(root.body)
    const terminated = ended !== null && begins !== null && begins < ended ? [{ from: ended, to: null }] : []
    return { paper, root, holds: inEffect(paper), over: union(replaced, superseded, terminated) }
  })
}, 4)

/** Whether the clause checklist points the item to a page of a file. */
export function pointed(agreement: Agreement, item: string): boolean {
  return pointedItems(agreement).has(item)
}

const pointedItems = recently((agreement: Agreement): ReadonlySet<string> => {
  const files = new Set<string>(agreement.files.map(({ fileId }) => fileId))
  // A page of a file that is not the paper's any more says nothing.
  const there = (line: Agreement["checklist"][number]): boolean =>
    line.verdict === "there" && line.fileId !== null && files.has(line.fileId) && line.page.state === "known"
  return new Set(agreement.checklist.flatMap((line) => (there(line) ? [line.item as string] : [])))
}, 12)

/** Whether one of the items that say the same is pointed to. */
export function pointedAny(agreement: Agreement, items: readonly string[]): boolean {
  const there = pointedItems(agreement)
  return items.some((item) => there.has(item))
}

/** Days on which a paper of one of the kinds covers the sharing; `also` narrows to papers that hold more. */
export function paperDays(
  facts: SharingFacts,
  kinds: readonly string[],
  also: ((agreement: Agreement) => boolean) | null = null,
): Stretch[] {
  let found: Stretch[] | null = null
  for (const { paper, days } of covering(facts))
    if (kinds.includes(paper.body.kind) && (also === null || also(paper.body)))
      found = found === null ? days : union(found, days)
  return found ?? []
}

/** The papers that cover the sharing on any day: of many between two sides mostly one. */
const covering = lately((facts: SharingFacts) => papersOf(facts).filter(({ days }) => days.length > 0))

/** Days on which all of the groups of items are pointed to, in one covering paper or in several together. */
export function itemDays(
  facts: SharingFacts,
  kinds: readonly string[],
  groups: readonly (readonly string[])[],
): Stretch[] {
  let days = ALWAYS
  for (const items of groups) {
    const there = paperDays(facts, kinds, (agreement) => pointedAny(agreement, items))
    days = days === ALWAYS ? there : intersect(days, there)
  }
  return days
}
