import type { Id } from "@/domain/core/id"
import type { Agreement, Mark } from "@/domain/records/agreement"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"
import type { Carried } from "./carry"

type Line = Agreement["checklist"][number]
export type Verdict = Line["verdict"]

/** The lines of a paper's checklist: its own, and after them every item of its kind that it has no line for yet. */
export function linesOf({ kind, checklist }: Pick<Agreement, "kind" | "checklist">): Line[] {
  const have = new Set(checklist.map(({ item }) => item))
  const more = (CHECKLISTS[kind] ?? []).filter(({ item }) => !have.has(item)).map(({ item }) => blank(item))
  return [...checklist, ...more]
}

const blank = (item: string): Line => ({ item, fileId: null, page: { state: "blank" }, verdict: "missing" })

/** A clause tied to a place: its line says that it is there, or there in part, on that page; an earlier place of it goes. */
export function withMark(
  agreement: Agreement,
  mark: Mark & { fileId: Id<"file"> },
  verdict: "there" | "partly",
): Agreement {
  const { item, fileId, page } = mark
  return {
    ...withLine(agreement, { item, fileId, page: { state: "known", value: page }, verdict }),
    marks: [...agreement.marks.filter((one) => one.item !== item), mark],
  }
}

/** A clause that is in the paper nowhere: its line says so, and its place goes. */
export function withoutMark(agreement: Agreement, item: string): Agreement {
  return { ...withLine(agreement, blank(item)), marks: agreement.marks.filter((one) => one.item !== item) }
}

function withLine(agreement: Agreement, line: Line): Agreement {
  return { ...agreement, checklist: linesOf(agreement).map((one) => (one.item === line.item ? line : one)) }
}

/**
 * The paper with its marks carried from one file to another: what was found stands there now, with the verdict it had. The
 * others, and lines of the older file without words, are to be looked at again: they evidence nothing until somebody did.
 */
export function withCarried(
  agreement: Agreement,
  from: Id<"file">,
  to: Id<"file">,
  carried: readonly Carried[],
): Agreement {
  const found = new Map(carried.flatMap((one) => (one.found === "there" ? [[one.item, one] as const] : [])))
  const marks = agreement.marks.flatMap((mark): Mark[] => {
    if (mark.fileId !== from) return [mark]
    const there = found.get(mark.item)
    return there ? [{ item: mark.item, fileId: to, page: there.place.page, quote: mark.quote, area: null }] : []
  })
  const checklist = agreement.checklist.map((line): Line => {
    if (line.fileId !== from) return line
    const there = found.get(line.item)
    if (!there) return { ...line, fileId: null, page: { state: "blank" }, verdict: "again" }
    return { ...line, fileId: to, page: { state: "known", value: there.place.page } }
  })
  return { ...agreement, marks, checklist }
}

/** Marks of another paper of the same text, laid over what this one has none for. The verdicts come with them. */
export function withMarksOf(
  agreement: Agreement,
  to: Id<"file">,
  other: Pick<Agreement, "checklist" | "marks">,
  carried: readonly Carried[],
): Agreement {
  const open = new Set(
    linesOf(agreement)
      .filter((line) => line.verdict === "missing" || line.verdict === "again")
      .map(({ item }) => item),
  )
  const verdicts = new Map(other.checklist.map((line) => [line.item, line.verdict] as const))
  return carried.reduce((now, one) => {
    const verdict = verdicts.get(one.item)
    if (one.found !== "there" || !open.has(one.item) || (verdict !== "there" && verdict !== "partly")) return now
    const { item, place, quote } = one
    return withMark(now, { item, fileId: to, page: place.page, quote, area: null }, verdict)
  }, agreement)
}
