import { cut } from "@/domain/core/cut"
import { fold } from "@/domain/core/fold"
import type { Day } from "@/domain/core/day"
import { daysIn } from "./days"
import type { KnownPapers, Named, Paper } from "./known"
import { numbersIn } from "./numbers"
import { isUnspaced, nameWords, standsIn, tellingWords } from "./words"

/** A file as it came: its name, its pages with their text, and what its bytes and its words are. */
export type FileSeen = {
  name: string
  /** Empty: it has no text layer, or none could be read. */
  pages: readonly { page: number; text: string }[]
  /** Agreements of which a file is the very same, or has the very same words. */
  sameBytes: readonly string[]
  sameWords: readonly string[]
}

/** Why a file may belong to an agreement. `page` null: it stands in the file's name. */
export type Reason =
  | { is: "same-file" }
  | { is: "same-words" }
  | { is: "number"; what: string; page: number | null; shared: boolean }
  | { is: "title"; what: string; page: number | null; part: boolean }
  | { is: "party"; what: string; page: number | null; part: boolean }
  | { is: "entity"; what: string; page: number }
  | { is: "day"; of: "effect" | "signed"; what: Day; page: number | null }
  | { is: "ended" }

export type Candidate = { id: string; score: number; reasons: Reason[] }
export type Verdict = "sure" | "likely" | "nothing"
export type Matched = { verdict: Verdict; candidates: Candidate[] }

/** What each sign is worth; a number that only one agreement bears is nearly enough by itself. */
const WORTH = {
  ...{ sameFile: 100, sameWords: 80, number: 60, numberInName: 70, numberShared: 30 },
  ...{ title: 35, titleOnPage: 15, party: 25, partyInName: 25, entity: 5, effect: 12, signed: 8, ended: -15 },
}
const SURE = 65
/** So far ahead of the next a sure one is. */
const AHEAD = 25
const LIKELY = 25
const MOST = 5
/** What is read of a long file: papers say who they are at their beginning and where they are signed. */
const READ = { first: 20, last: 5, characters: 400_000 }
/** Of a party with more agreements than this the party alone points to none. */
const MOST_PAPERS = 2_000

/**
 * To which agreements a file may belong, the likeliest first, each with its reasons. It only proposes: a person confirms. The
 * same file against the same agreements gives the same answer, in whatever order they are known.
 */
export function matchFile(known: KnownPapers, file: FileSeen): Matched {
  const look = new Look(known, file)
  const all = [...look.found.values()].map(({ paper, signs }) => {
    const score = signs.reduce((sum, { worth }) => sum + worth, 0) + (paper.ended ? WORTH.ended : 0)
    const reasons = signs.map(({ reason }) => reason)
    return { id: paper.id, score: Math.round(score), reasons: paper.ended ? [...reasons, ENDED] : reasons }
  })
  const candidates = all
    .filter(({ score }) => score >= 10)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, MOST)
  return { verdict: verdictOf(candidates), candidates }
}

const ENDED: Reason = { is: "ended" }

/** Sure is only what a number or the same words say, or a party with title and day, and nothing else comes near. */
function verdictOf([best, next]: readonly Candidate[]): Verdict {
  if (!best || best.score < LIKELY) return "nothing"
  const ahead = best.score - (next?.score ?? 0) >= AHEAD
  const is = (kind: Reason["is"]): boolean => best.reasons.some((reason) => reason.is === kind)
  const said = is("number") || is("same-words") || is("same-file") || (is("party") && is("title") && is("day"))
  return best.score >= SURE && ahead && said && !is("ended") ? "sure" : "likely"
}

type Sign = { reason: Reason; worth: number }

/** One file held against what is known. */
class Look {
  readonly found = new Map<string, { paper: Paper; signs: Sign[] }>()
  private readonly inName: string
  private readonly pages: { page: number; text: string; folded: string }[]

  constructor(
    private readonly known: KnownPapers,
    private readonly file: FileSeen,
  ) {
    this.inName = nameWords(file.name)
    this.pages = readable(file.pages)
    this.sameThings()
    this.numbers()
    this.parties()
    this.titles()
    for (const { paper } of this.found.values()) this.supported(paper)
  }

  private add(paper: Paper, reason: Reason, worth: number): void {
    const held = this.found.get(paper.id) ?? { paper, signs: [] }
    this.found.set(paper.id, held)
    held.signs.push({ reason, worth })
  }

  private sameThings(): void {
    const same = new Set(this.file.sameBytes)
    for (const id of same) {
      const paper = this.known.byId.get(id)
      if (paper) this.add(paper, { is: "same-file" }, WORTH.sameFile)
    }
    for (const id of this.file.sameWords) {
      const paper = this.known.byId.get(id)
      if (paper && !same.has(id)) this.add(paper, { is: "same-words" }, WORTH.sameWords)
    }
  }

  private numbers(): void {
    const isKnown = (key: string): boolean => this.known.byNumber.has(key)
    const place = new Map<string, number | null>()
    // In a file's name signs and spaces are what somebody made of them: it is read whole, and in pieces.
    const bare = this.file.name.replace(/\.[\p{L}\p{N}]{1,5}$/u, "")
    for (const key of numbersIn(bare.replace(/[_\-.+]+/g, " "), isKnown)) place.set(key, null)
    for (const { page, text } of this.pages)
      for (const key of numbersIn(text, isKnown)) if (!place.has(key)) place.set(key, page)
    for (const [key, page] of place) {
      const papers = this.known.byNumber.get(key) ?? []
      const shared = papers.length > 1
      const worth = shared ? WORTH.numberShared : page === null ? WORTH.numberInName : WORTH.number
      for (const paper of papers)
        this.add(paper, { is: "number", what: cut(paper.reference ?? "", 100), page, shared }, worth)
    }
  }

  private parties(): void {
    const best = new Map<string, { reason: Reason; worth: number }[]>()
    const note = (one: Named, reason: Reason, worth: number): void => {
      const held = best.get(one.id) ?? []
      best.set(one.id, held)
      const inName = "page" in reason && reason.page === null
      const at = held.findIndex((sign) => ("page" in sign.reason && sign.reason.page === null) === inName)
      if (at < 0) held.push({ reason, worth })
      else if ((held[at]?.worth ?? 0) < worth) held[at] = { reason, worth }
    }
    for (const { one, share } of this.namesInName()) {
      const part = share < 0.999
      note(one, { is: "party", what: cut(one.said, 100), page: null, part }, WORTH.partyInName * share)
    }
    for (const { one, page } of this.namesOnPages())
      note(one, { is: "party", what: cut(one.said, 100), page, part: false }, WORTH.party)
    for (const [id, signs] of best) {
      const papers = this.known.byParty.get(id) ?? []
      if (papers.length > MOST_PAPERS) continue
      for (const paper of papers) for (const { reason, worth } of signs) this.add(paper, reason, worth)
    }
  }

  /** Names of parties in the file's name, with the share of what they say that stands there. */
  private namesInName(): { one: Named; share: number }[] {
    const met = new Map<Named, Set<string>>()
    for (const word of new Set(this.inName.split(" ")))
      for (const near of this.known.vocabulary.near(word))
        for (const one of this.known.namesByWord.get(near) ?? []) met.set(one, (met.get(one) ?? new Set()).add(near))
    const out: { one: Named; share: number }[] = []
    for (const [one, words] of met) {
      const all = one.words.reduce((sum, word) => sum + this.known.nameWeight(word), 0)
      const share = [...words].reduce((sum, word) => sum + this.known.nameWeight(word), 0) / all
      if (share >= 0.6) out.push({ one, share: Math.min(1, share) })
    }
    for (const one of this.unspacedIn(this.inName)) out.push({ one, share: 1 })
    return out
  }

  private namesOnPages(): { one: Named; page: number }[] {
    const out: { one: Named; page: number }[] = []
    const seen = new Set<Named>()
    for (const { page, folded } of this.pages) {
      const words = new Set(folded.split(" "))
      for (const word of words)
        for (const one of this.known.namesByRare.get(word) ?? []) {
          if (seen.has(one) || !one.words.every((each) => words.has(each)) || !standsIn(folded, one.core)) continue
          seen.add(one)
          out.push({ one, page })
        }
      for (const one of this.unspacedIn(folded)) {
        if (seen.has(one)) continue
        seen.add(one)
        out.push({ one, page })
      }
    }
    return out
  }

  private unspacedIn(folded: string): Named[] {
    if (this.known.namesByLetters.size === 0 || !isUnspaced(folded)) return []
    const letters = [...folded.replaceAll(" ", "")]
    const met = new Set<Named>()
    for (let i = 0; i + 1 < letters.length; i += 1)
      for (const one of this.known.namesByLetters.get(`${letters[i]}${letters[i + 1]}`) ?? []) met.add(one)
    return [...met].filter((one) => standsIn(folded, one.core))
  }

  private titles(): void {
    const met = new Map<Paper, Set<string>>()
    for (const word of tellingWords(this.inName))
      for (const near of this.known.vocabulary.near(word)) {
        const papers = this.known.byTitleWord.get(near) ?? []
        // A word of every other title finds nothing; it still counts where another word has found the paper.
        if (papers.length > MOST_PAPERS) continue
        for (const paper of papers) met.set(paper, (met.get(paper) ?? new Set()).add(near))
      }
    for (const [paper, words] of met) {
      const all = paper.words.reduce((sum, word) => sum + this.known.titleWeight(word), 0)
      const share = [...words].reduce((sum, word) => sum + this.known.titleWeight(word), 0) / all
      if (share < 0.35) continue
      this.add(
        paper,
        { is: "title", what: cut(paper.title, 100), page: null, part: share < 0.999 },
        WORTH.title * share,
      )
    }
  }

  /** What supports an agreement that other signs have found: its title, our company, its days. */
  private supported(paper: Paper): void {
    const same = this.known.titles.get(paper.folded) ?? 1
    const first = this.pages.find(({ folded }) => paper.words.length > 0 && standsIn(folded, paper.folded))
    if (first)
      this.add(
        paper,
        { is: "title", what: cut(paper.title, 100), page: first.page, part: false },
        WORTH.titleOnPage / Math.sqrt(same),
      )
    for (const id of paper.entityIds) {
      const [at] = (this.known.entities.get(id) ?? []).flatMap((one) =>
        this.pages.filter(({ folded }) => standsIn(folded, one.core)).map(({ page }) => ({ one, page })),
      )
      if (at) this.add(paper, { is: "entity", what: cut(at.one.said, 100), page: at.page }, WORTH.entity)
    }
    this.day(paper, "effect", paper.effectOn)
    for (const day of new Set(paper.signedOn)) if (day !== paper.effectOn) this.day(paper, "signed", day)
  }

  private day(paper: Paper, of: "effect" | "signed", day: Day | null): void {
    if (day === null) return
    const page = this.dayPlaces().get(day)
    if (page !== undefined) this.add(paper, { is: "day", of, what: day, page }, WORTH[of])
  }

  private places: Map<Day, number | null> | null = null
  private dayPlaces(): Map<Day, number | null> {
    if (this.places) return this.places
    this.places = new Map([...daysIn(this.file.name.replaceAll("_", " "))].map((day) => [day, null]))
    for (const { page, text } of this.pages)
      for (const day of daysIn(text)) if (!this.places.has(day)) this.places.set(day, page)
    return this.places
  }
}

/** The pages that are read, up to the limit. */
function readable(pages: FileSeen["pages"]): { page: number; text: string; folded: string }[] {
  const some =
    pages.length <= READ.first + READ.last ? pages : [...pages.slice(0, READ.first), ...pages.slice(-READ.last)]
  let left = READ.characters
  const out: { page: number; text: string; folded: string }[] = []
  for (const { page, text } of some) {
    if (left <= 0) break
    const shown = cut(text, left)
    left -= shown.length
    if (shown.trim() !== "") out.push({ page, text: shown, folded: fold(shown) })
  }
  return out
}
