import type { Difference, DifferenceKind } from "@/domain/signatures/differences"
import { compareForm } from "./compare-form"
import { comparePages } from "./compare-pages"
import { Comparison, isRef, keysOf } from "./comparison"
import { catalogOf, formNodes, pagesOf } from "./fields"
import type { PdfFile, PdfView } from "./file"
import { dictOf, nameOf, type PdfDict, type PdfValue } from "./values"

const CATALOG_KEYS: Record<string, DifferenceKind> = {
  OCProperties: "layers",
  OpenAction: "open-action",
  AA: "script",
  Names: "names",
  Dests: "names",
  StructTreeRoot: "structure",
  MarkInfo: "structure",
}

/** What a revision changed against the one before it, each thing by name. What has no name is a change all the same. */
export function differencesOf(file: PdfFile, revision: number): Difference[] {
  const before = file.view(revision - 1)
  const after = file.view(revision)
  const changed = changedNumbers(file, before, after)
  const c = new Comparison(before, after, changed)
  const [root, now] = [before.trailer.map.get("Root"), after.trailer.map.get("Root")]
  const [a, b] = [catalogOf(before), catalogOf(after)]
  if (!isRef(root) || !isRef(now) || root.num !== now.num || !a || !b) {
    c.tell("catalog-replaced", "trailer/Root")
    return c.out
  }
  c.reached.add(now.num)
  if (after.trailer.twice.length > 0 || (b.twice.length > 0 && changed.has(now.num))) c.tell("read-two-ways", "Root")
  for (const num of holdersOf(before, root.num)) c.holders.add(num)
  door(c, before.trailer.map.get("Info"), after.trailer.map.get("Info"), "metadata", "Info")
  compareCatalog(c, a, b)
  unreferenced(c)
  return c.out
}

function compareCatalog(c: Comparison, a: PdfDict, b: PdfDict): void {
  const form = b.map.get("AcroForm")
  if (isRef(form)) {
    const same = a.map.get("AcroForm")
    if (a.map.has("AcroForm") && !(isRef(same) && same.num === form.num)) c.tell("form-structure", "AcroForm")
    if (!a.map.has("AcroForm") && c.before.object(form.num) !== null) c.tell("form-structure", "AcroForm")
    c.reached.add(form.num)
  }
  const added = compareForm(c, c.before.dict(a.map.get("AcroForm")), c.after.dict(form))
  for (const key of keysOf(a, b)) {
    const [x, y] = [a.map.get(key), b.map.get(key)]
    if (key === "AcroForm") {
      if (x !== undefined && y === undefined) c.tell("form-structure", "AcroForm")
    } else if (key === "Pages") comparePages(c, x, y, added)
    else if (key === "DSS" || key === "Extensions") door(c, x, y, "validation-data", key)
    else if (key === "Metadata") door(c, x, y, "metadata", key)
    else if (key === "Version") {
      if ((nameOf(x) ?? "") > (nameOf(y) ?? "")) c.tell("catalog-other", key)
    } else if (key === "Perms") comparePerms(c, x, y)
    else c.expect(x, y, { kind: CATALOG_KEYS[key] ?? "catalog-other", where: key })
  }
}

/** What never shows on a page may change; it is told. */
function door(
  c: Comparison,
  a: PdfValue | undefined,
  b: PdfValue | undefined,
  kind: DifferenceKind,
  where: string,
): void {
  if (!c.equal(a, b)) c.tell(kind, where)
  c.reach(b)
}

function comparePerms(c: Comparison, x: PdfValue | undefined, y: PdfValue | undefined): void {
  const [a, b] = [c.before.dict(x), c.after.dict(y)]
  if (!a && b && [...b.map.keys()].every((key) => key === "DocMDP")) {
    c.tell("certified-later", "Perms")
    if (isRef(y)) c.reached.add(y.num)
  } else c.expect(x, y, { kind: "catalog-other", where: "Perms" })
}

/** Objects that an update brings and nothing names: nobody needs them, somebody may. */
function unreferenced(c: Comparison): void {
  for (const num of c.changed) {
    if (c.reached.has(num)) continue
    const now = c.after.object(num)
    if (now === null) continue
    const kind = nameOf(dictOf(now)?.map.get("Type"))
    const was = nameOf(dictOf(c.before.object(num))?.map.get("Type"))
    const container = (kind === "XRef" || kind === "ObjStm") && typeof now === "object" && now.t === "stream"
    if (container && (c.before.object(num) === null || was === kind)) continue
    // Tools leave such behind; one that takes the place of an older object is another matter.
    c.tell(c.before.object(num) === null ? "unused" : "unreferenced", `object ${num}`)
  }
}

function changedNumbers(file: PdfFile, before: PdfView, after: PdfView): Set<number> {
  const changed = new Set<number>()
  const containers = new Set<number>()
  for (const section of file.revisions[after.revision]?.sections ?? [])
    for (const num of section.entries.keys())
      if (before.place(num) !== after.place(num)) {
        changed.add(num)
        containers.add(num)
      }
  // An object packed in a container that was replaced has changed with it.
  for (let k = 0; k < after.revision; k += 1)
    for (const section of file.revisions[k]?.sections ?? [])
      for (const [num, entry] of section.entries)
        if (entry.kind === "packed" && containers.has(entry.container) && before.place(num) !== after.place(num))
          changed.add(num)
  return changed
}

/** What is compared by rules of its own. Only what was there before counts: a new object takes no old one's place. */
function holdersOf(view: PdfView, root: number): Set<number> {
  const out = new Set([root])
  const form = catalogOf(view)?.map.get("AcroForm")
  if (isRef(form)) out.add(form.num)
  for (const node of formNodes(view)) if (node.num !== null) out.add(node.num)
  const walk = (value: PdfValue | undefined, depth: number) => {
    if (!isRef(value) || out.has(value.num) || depth > 100) return
    const dict = view.dict(value)
    if (!dict) return
    out.add(value.num)
    for (const kid of view.items(dict.map.get("Kids"))) walk(kid, depth + 1)
  }
  walk(catalogOf(view)?.map.get("Pages"), 0)
  for (const page of pagesOf(view))
    for (const annotation of view.items(page.dict.map.get("Annots")))
      if (isRef(annotation) && view.dict(annotation)) out.add(annotation.num)
  return out
}
