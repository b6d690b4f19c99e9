import { describe, expect, test } from "vitest"
import { known } from "@/domain/core/answer"
import { day } from "@/domain/core/day"
import { packsKnownAt } from "@/domain/packs/all"
import type { Agreement } from "@/domain/records/agreement"
import { isBorne, isRefuted, listedWord, worstOf, type FileWord } from "@/domain/signatures/bears"
import * as stories from "@/testing/clause-stories"
import { lawFactsOf } from "./law"
import { papersOf } from "./papers"
import { findingsOf } from "./run"

const packs = packsKnownAt(stories.NOW)
const law = lawFactsOf(packs)
const KINDS = ["confidentiality", "processing"] as const
type Kind = (typeof KINDS)[number]

function of(kind: Kind, words: FileWord[] | null, over: Partial<Agreement>) {
  const story = { ...stories.paper(stories.plain, { kind, ...over }), ...(words ? { signatures: words } : {}) }
  const flow = stories.factsOf(story)
  const paper = stories.factsOf({ ...story, about: "agreement" })
  const found = findingsOf(paper, packs, law).filter(({ clause }) => /^H-(SIGNED|UNALTERED)/.test(clause))
  return {
    paper: flow.about === "sharing" ? papersOf(flow).flatMap(({ days }) => days) : null,
    found: found.map(({ clause, says, verdict, severity }) =>
      [clause, says.split(".").at(-1), verdict, severity].join(" "),
    ),
  }
}

const whole = of("confidentiality", null, {}).paper
test("the paper of these stories holds all year", () => expect(whole).toHaveLength(1))
const none: string[] = []
const wanting = (word: string, verdict = "broken"): string => `H-SIGNED ${word} ${verdict} warning`
const blocks = (word: string): string => `H-UNALTERED ${word} broken blocking`
const warns = (word: string): string => `H-UNALTERED-TERMS ${word} broken warning`

/** Each word: what is found where a signature is said to be checked; where the document was seen; whether the first still covers. */
const TABLE: [FileWord, string[], Record<Kind, string[]>, boolean][] = [
  ["passed", none, { confidentiality: none, processing: none }, true],
  ["intact-untrusted", none, { confidentiality: none, processing: none }, true],
  ["altered", [wanting("altered")], { confidentiality: [blocks("altered")], processing: [warns("altered")] }, false],
  ["failed", [wanting("failed")], { confidentiality: [blocks("failed")], processing: [warns("failed")] }, false],
  ["indeterminate", [wanting("indeterminate")], { confidentiality: none, processing: none }, true],
  ["unsigned", [wanting("unsigned")], { confidentiality: none, processing: none }, true],
  ["refused", [wanting("refused", "unknown")], { confidentiality: none, processing: none }, true],
  ["unseen", [wanting("unseen", "unknown")], { confidentiality: none, processing: none }, true],
]

describe.each(KINDS)("a paper of kind %s", (kind) => {
  test.each(TABLE)("of which a file is %s", (word, claimed, seen, covers) => {
    const byDocument = of(kind, [word], { knownHow: "document-seen" })
    expect(byDocument).toEqual({ paper: whole, found: seen[kind] })
    const bySignature = of(kind, [word], { knownHow: "signature-checked" })
    expect(bySignature.found).toEqual([...claimed, ...seen[kind]])
    expect(bySignature.paper).toEqual(covers ? whole : [])
    // What is only stated covers nothing, whatever its file is; then nothing is asked of the file either.
    expect(of(kind, [word], { knownHow: "stated" })).toEqual({ paper: [], found: [] })
  })
})

test("somebody's signing that is said to be known by a signature rests on it like the whole paper", () => {
  const signatories = (["entity", "party"] as const).map((side) => ({
    ...{ side, name: "Jane Roe", capacity: "", signedOn: known(day("2025-12-01")), how: "signed" as const },
    knownHow: side === "party" ? ("signature-checked" as const) : ("document-seen" as const),
  }))
  expect(of("confidentiality", ["altered"], { signatories })).toEqual({
    paper: [],
    found: [wanting("altered"), blocks("altered")],
  })
  expect(of("confidentiality", ["passed"], { signatories })).toEqual({ paper: whole, found: [] })
})

test("one file that carries the claim is enough for it; another that was altered is told all the same", () => {
  const two = of("confidentiality", ["altered", "passed"], { knownHow: "signature-checked" })
  expect(two).toEqual({ paper: whole, found: [blocks("altered")] })
})

test("a claim without any file is not borne; where nobody asks for words nothing is said", () => {
  expect(of("confidentiality", [], { knownHow: "signature-checked" }).found).toEqual([wanting("none")])
  expect(of("confidentiality", null, { knownHow: "signature-checked" })).toEqual({ paper: whole, found: [] })
})

test("words of several files: what speaks against goes first", () => {
  const words = (...list: FileWord[]) => list.map((word, i) => ({ fileId: `fil_${i}`, word }))
  expect(isBorne(words("unsigned", "passed"))).toBe(true)
  expect(isRefuted(words("altered", "intact-untrusted"))).toBe(false)
  expect(isRefuted(words("altered", "unseen"))).toBe(true)
  expect(isRefuted(words("indeterminate", "unsigned"))).toBe(false)
  expect(worstOf(words("unseen", "unsigned"))).toBe("unsigned")
  expect(worstOf([])).toBe(null)
  expect(listedWord(words("passed", "altered"))).toBe("altered")
  expect(listedWord(words("unsigned", "passed", "unseen"))).toBe("passed")
})
