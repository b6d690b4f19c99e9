import type { Day } from "@/domain/core/day"
import { fold } from "@/domain/core/fold"
import { coreName } from "@/domain/reconcile/keys"
import { paperNumber } from "./numbers"
import { isUnspaced, tellingWords, Vocabulary } from "./words"

/** What is known of an agreement that a file may belong to. Names in every script they are written in. */
export type KnownPaper = {
  id: string
  title: string
  reference: string | null
  partyIds: readonly string[]
  entityIds: readonly string[]
  effectOn: Day | null
  signedOn: readonly Day[]
  ended: boolean
}

/** A party or a company of ours with its names. */
export type KnownName = { id: string; names: readonly string[] }

export type Paper = KnownPaper & { number: string | null; title: string; folded: string; words: readonly string[] }
export type Named = { id: string; core: string; words: readonly string[]; said: string }

/** Agreements by whatever a file may be known by, so that each file asks for its few and never for all. */
export class KnownPapers {
  readonly byId = new Map<string, Paper>()
  readonly byNumber = new Map<string, Paper[]>()
  readonly byParty = new Map<string, Paper[]>()
  readonly byTitleWord = new Map<string, Paper[]>()
  readonly titles = new Map<string, number>()
  /** Names by each of their words; those of scripts without spaces by their first two letters. */
  readonly namesByWord = new Map<string, Named[]>()
  readonly namesByRare = new Map<string, Named[]>()
  readonly namesByLetters = new Map<string, Named[]>()
  readonly entities = new Map<string, Named[]>()
  readonly vocabulary = new Vocabulary()
  private readonly nameWords = new Map<string, number>()
  private parties = 1

  constructor(papers: readonly KnownPaper[], parties: readonly KnownName[], entities: readonly KnownName[]) {
    for (const paper of papers) this.addPaper(paper)
    const named = parties.filter(({ id }) => this.byParty.has(id)).flatMap(namedOf)
    this.parties = Math.max(1, parties.length)
    for (const one of named) for (const word of one.words) this.nameWords.set(word, (this.nameWords.get(word) ?? 0) + 1)
    for (const one of named) this.addName(one)
    for (const entity of entities) this.entities.set(entity.id, namedOf(entity))
    for (const word of this.byTitleWord.keys()) this.vocabulary.add(word)
  }

  private addPaper(known: KnownPaper): void {
    const folded = fold(known.title)
    const number = known.reference === null ? null : paperNumber(known.reference)
    const paper: Paper = { ...known, number, folded, words: tellingWords(folded) }
    this.byId.set(paper.id, paper)
    this.titles.set(folded, (this.titles.get(folded) ?? 0) + 1)
    if (number) put(this.byNumber, number, paper)
    for (const party of paper.partyIds) put(this.byParty, party, paper)
    for (const word of paper.words) put(this.byTitleWord, word, paper)
  }

  private addName(one: Named): void {
    if (isUnspaced(one.core)) {
      put(this.namesByLetters, [...one.core].slice(0, 2).join(""), one)
      return
    }
    const [rarest] = [...one.words].sort((a, b) => this.nameWeight(b) - this.nameWeight(a) || (a < b ? -1 : 1))
    if (rarest) put(this.namesByRare, rarest, one)
    for (const word of one.words) {
      put(this.namesByWord, word, one)
      this.vocabulary.add(word)
    }
  }

  /** How much a word of a party's name says: one that many share says little. */
  nameWeight(word: string): number {
    return Math.log(1 + this.parties / (this.nameWords.get(word) ?? 1))
  }

  /** The same for a word of titles. */
  titleWeight(word: string): number {
    return Math.log(1 + this.byId.size / (this.byTitleWord.get(word)?.length ?? 1))
  }
}

/** The names without their legal forms, each once. */
function namedOf({ id, names }: KnownName): Named[] {
  const seen = new Map<string, Named>()
  for (const said of names) {
    const core = withoutEasternForm(coreName(said))
    if ([...core.replaceAll(" ", "")].length < 2 || seen.has(core)) continue
    seen.set(core, { id, core, words: [...new Set(core.split(" "))], said })
  }
  return [...seen.values()]
}

const EASTERN =
  /(股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|株式會社|合同会社|有限会社|주식회사|유한회사)/gu

/** Legal forms of scripts without spaces stand in the name itself, before it or behind. */
function withoutEasternForm(core: string): string {
  const bare = core.replace(EASTERN, "").trim()
  return [...bare].length >= 2 ? bare : core
}

function put<T>(map: Map<string, T[]>, key: string, one: T): void {
  const list = map.get(key)
  if (list) list.push(one)
  else map.set(key, [one])
}
