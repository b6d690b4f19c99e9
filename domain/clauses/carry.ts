import { runsOf } from "./find"
import { placeOf, wordsOf, type PageText, type Place, type Word } from "./words"

/** A clause tied to words of a paper. */
export type Marked = { item: string; page: number; quote: string }

/** What becomes of a mark in another text: where its words stand there, or that somebody has to look again, and why. */
export type Carried =
  | { item: string; found: "there"; place: Place; quote: string }
  | { item: string; found: "again"; why: "gone" | "several" | "no-words" }

/** Words to either side of a mark that tell two equal places apart. */
const AROUND = 12

/**
 * Carries marks from one text of a paper to another: a mark goes along where its words stand unchanged in one place; of
 * several the one whose neighbourhood is the same as before, if that is one. Every other has to be looked at again. A mark
 * without words (an area of a scanned page) is never carried.
 */
export function carryMarks(
  marks: readonly Marked[],
  before: readonly PageText[],
  after: readonly PageText[],
): Carried[] {
  const [old, now] = [wordsOf(before), wordsOf(after)]
  return marks.map((mark) => {
    const wanted = wordsOf([{ page: 0, text: mark.quote }]).map(({ word }) => word)
    if (wanted.length === 0) return { item: mark.item, found: "again", why: "no-words" }
    const there = [...runsOf(now, wanted)]
    const at = there.length === 1 ? there[0] : theSame(mark, wanted, old, now, there)
    if (at === undefined) return { item: mark.item, found: "again", why: there.length === 0 ? "gone" : "several" }
    return { item: mark.item, found: "there", place: placeOf(now, at, at + wanted.length - 1), quote: mark.quote }
  })
}

/** Of several places the one that has the same words around it as the mark had; undefined unless that is one. */
function theSame(
  mark: Marked,
  wanted: readonly string[],
  old: readonly Word[],
  now: readonly Word[],
  there: readonly number[],
): number | undefined {
  const was = [...runsOf(old, wanted)].filter((at) => old[at]?.page === mark.page)
  if (was.length !== 1) return undefined
  const around = (words: readonly Word[], at: number): string =>
    [...words.slice(Math.max(0, at - AROUND), at), ...words.slice(at + wanted.length, at + wanted.length + AROUND)]
      .map(({ word }) => word)
      .join(" ")
  const mine = around(old, was[0] ?? 0)
  const alike = there.filter((at) => around(now, at) === mine)
  return alike.length === 1 ? alike[0] : undefined
}
