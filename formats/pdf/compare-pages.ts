import type { DifferenceKind } from "@/domain/signatures/differences"
import { PDF_LIMITS } from "./budget"
import { isRef, keysOf, type Comparison } from "./comparison"
import type { PdfView } from "./file"
import { nameOf, type PdfDict, type PdfValue } from "./values"

const PAGE_KEYS: Record<string, DifferenceKind> = {
  Contents: "page-content",
  Resources: "page-resources",
  MediaBox: "page-box",
  CropBox: "page-box",
  Rotate: "page-box",
  UserUnit: "page-box",
  AA: "script",
}
/** Notes that cover nothing while they bring no picture of their own. */
const PLAIN_NOTES = new Set(["Text", "Popup", "Highlight", "Underline", "Squiggly"])
const NOTE_KEYS_THAT_ACT = ["A", "AA", "AP", "Dest", "PA"]

/** Compares the tree of pages; `added` are the signature fields which the form already explained. */
export function comparePages(
  c: Comparison,
  a: PdfValue | undefined,
  b: PdfValue | undefined,
  added: Set<number>,
): void {
  const seen = new Set<number>()
  let index = 0
  const walk = (old: PdfValue | undefined, now: PdfValue | undefined, depth: number) => {
    if (!isRef(old) || !isRef(now) || old.num !== now.num || depth > PDF_LIMITS.depth) {
      c.tell("page-added-or-removed", "Pages")
      return
    }
    if (seen.has(now.num)) return
    seen.add(now.num)
    c.reached.add(now.num)
    const [x, y] = [c.before.dict(old), c.after.dict(now)]
    if (!x || !y || x.map.has("Kids") !== y.map.has("Kids")) {
      if (x || y) c.tell("page-added-or-removed", `object ${now.num}`)
      return
    }
    if (y.twice.length > 0 && c.changed.has(now.num)) c.tell("read-two-ways", `object ${now.num}`)
    const leaf = !y.map.has("Kids")
    if (leaf) index += 1
    const page = leaf ? index : undefined
    for (const key of keysOf(x, y)) {
      if (key === "Kids" || (leaf && key === "Annots")) continue
      if (key === "Tabs" && !x.map.has("Tabs")) continue
      const where = page ? `page ${page}/${key}` : `Pages/${key}`
      c.expect(x.map.get(key), y.map.get(key), { kind: PAGE_KEYS[key] ?? "page-other", where, page })
    }
    if (leaf) return compareAnnotations(c, x.map.get("Annots"), y.map.get("Annots"), index, added)
    const [kids, after] = [c.before.items(x.map.get("Kids")), c.after.items(y.map.get("Kids"))]
    if (isRef(y.map.get("Kids"))) c.reached.add((y.map.get("Kids") as { num: number }).num)
    if (kids.length !== after.length) c.tell("page-added-or-removed", "Pages")
    kids.slice(0, after.length).forEach((kid, i) => walk(kid, after[i], depth + 1))
  }
  walk(a, b, 0)
}

function compareAnnotations(
  c: Comparison,
  a: PdfValue | undefined,
  b: PdfValue | undefined,
  page: number,
  added: Set<number>,
): void {
  if (isRef(b)) c.reached.add(b.num)
  const [old, now] = [c.before.items(a), c.after.items(b)]
  const key = (one: PdfValue, i: number) => (isRef(one) ? `${one.num}` : `direct ${i}`)
  const direct = (list: PdfValue[]) => list.filter((one) => !isRef(one))
  const where = `page ${page}/Annots`
  c.expect(
    { t: "array", items: direct(old) },
    { t: "array", items: direct(now) },
    { kind: "annotation-changed", where, page },
  )
  const before = old.filter(isRef).map(key)
  const after = now.filter(isRef).map(key)
  const stood = new Set(before)
  const stays = new Set(after)
  if (before.some((one) => !stays.has(one))) c.tell("annotation-removed", where, { page })
  const left = before.filter((one) => stays.has(one))
  if (after.filter((one) => stood.has(one)).join() !== left.join()) c.tell("annotation-changed", where, { page })
  for (const one of now) {
    if (!isRef(one) || added.has(one.num)) continue
    if (!stood.has(String(one.num)) || c.before.object(one.num) === null) addAnnotation(c, one, page)
    else compareAnnotation(c, one, page)
  }
}

function addAnnotation(c: Comparison, one: { num: number } & PdfValue, page: number): void {
  const fresh = c.before.object(one.num) === null
  const note = plainNote(c.after, c.after.dict(one))
  if (c.after.object(one.num) === null) return
  c.tell(fresh && note ? "note-added" : "annotation-added", `object ${one.num}`, { page })
  c.reach(one)
}

function compareAnnotation(c: Comparison, one: { num: number } & PdfValue, page: number): void {
  c.reached.add(one.num)
  const [old, now] = [c.before.dict(one), c.after.dict(one)]
  // Widgets are compared as what they are: parts of the form.
  if (isWidget(c.before, old) && isWidget(c.after, now)) return
  const plain = plainNote(c.before, old) && plainNote(c.after, now)
  const label = {
    kind: plain ? ("note-changed" as const) : ("annotation-changed" as const),
    where: `object ${one.num}`,
    page,
  }
  if (!old || !now) return c.expect(c.before.object(one.num), c.after.object(one.num), label)
  for (const key of keysOf(old, now)) c.expect(old.map.get(key), now.map.get(key), label)
}

function isWidget(view: PdfView, dict: PdfDict | null): boolean {
  return nameOf(view.resolve(dict?.map.get("Subtype"))) === "Widget"
}

function plainNote(view: PdfView, dict: PdfDict | null): boolean {
  if (!dict || dict.twice.length > 0 || NOTE_KEYS_THAT_ACT.some((key) => dict.map.has(key))) return false
  return PLAIN_NOTES.has(nameOf(view.resolve(dict.map.get("Subtype"))) ?? "")
}
