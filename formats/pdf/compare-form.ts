import { isRef, keysOf, type Comparison } from "./comparison"
import { formNodes, pagesOf, type FormNode } from "./fields"
import type { PdfView } from "./file"
import { dictOf, nameOf, numberOf, textOf, type PdfDict, type PdfValue } from "./values"

/** What a new signature field may hold: nothing that acts, nothing that reaches elsewhere. */
const FIELD_KEYS = new Set(
  "Type Subtype FT T TU TM Ff V F Rect P Parent AP MK DA Lock SV StructParent Border BS H NM M C Q DR AS Kids".split(
    " ",
  ),
)
/** What filling a signature field changes about it. */
const FILLED_KEYS = new Set(["V", "AP", "F", "Type", "Subtype", "MK", "DA", "M"])
/** A filled field that covers more of its page may show a page of its own. */
const PAGE_LIKE = 1 / 2
/** Above this part of its page a new signature's picture is taken for a change of what the page says. */
const LARGE = 1 / 8

/** Compares the form of two views; gives the numbers of the fields that were added by rule. */
export function compareForm(c: Comparison, before: PdfDict | null, after: PdfDict | null): Set<number> {
  for (const key of keysOf(before, after)) {
    const [a, b] = [before?.map.get(key), after?.map.get(key)]
    if (key === "Fields") c.reached.add(isRef(b) ? b.num : -1)
    else if (key === "SigFlags") continue
    else if (key === "DR") additions(c, c.before.dict(a), c.after.dict(b), b)
    else if (key === "DA" && a === undefined) continue
    else if (key === "NeedAppearances" && c.after.resolve(b) !== true) continue
    else c.expect(a, b, { kind: "form-structure", where: `AcroForm/${key}` })
  }
  return compareNodes(c)
}

/** Resources of the form may grow; what stood there stays. */
function additions(c: Comparison, a: PdfDict | null, b: PdfDict | null, given: PdfValue | undefined): void {
  for (const [group, old] of a?.map ?? []) {
    const label = { kind: "form-structure" as const, where: `AcroForm/DR/${group}` }
    const before = c.before.dict(old)
    const after = c.after.dict(b?.map.get(group))
    if (!before) c.expect(old, b?.map.get(group), label)
    else for (const [name, value] of before.map) c.expect(value, after?.map.get(name), label)
  }
  c.reach(given)
}

/** Nodes by their numbers; those that stand inside another object by name and turn, so that none hides behind another. */
function byKey(nodes: FormNode[]): Map<string, FormNode> {
  const out = new Map<string, FormNode>()
  const turns = new Map<string, number>()
  for (const node of nodes) {
    const turn = (turns.get(node.name) ?? 0) + 1
    if (node.num === null) turns.set(node.name, turn)
    out.set(node.num === null ? `in ${node.name} ${turn}` : String(node.num), node)
  }
  return out
}

function compareNodes(c: Comparison): Set<number> {
  const old = byKey(formNodes(c.before))
  const now = byKey(formNodes(c.after))
  const filled = new Set<string>()
  const valued = new Set<string>()
  for (const [key, node] of now) {
    const was = old.get(key)
    if (!was || c.equal(was.dict.map.get("V"), node.dict.map.get("V"))) continue
    const emptyBefore = c.before.resolve(was.dict.map.get("V")) === null
    if (node.kind !== "Sig") valued.add(node.name)
    else if (emptyBefore) filled.add(node.name)
  }
  const added = new Set<number>()
  const covered: Covered = new Map()
  for (const [key, node] of now) {
    const was = old.get(key)
    if (was) compareNode(c, was, node, filled, valued)
    if (was && node.kind === "Sig" && filled.has(node.name)) cover(c, node, covered)
    if (was) continue
    if (addNode(c, node) && node.num !== null) added.add(node.num)
    cover(c, node, covered)
  }
  for (const [key, node] of old)
    if (!now.has(key))
      c.tell(node.kind === "Sig" && node.value !== undefined ? "signature-removed" : "form-structure", node.name, {
        field: node.name,
      })
  return added
}

function compareNode(c: Comparison, was: FormNode, node: FormNode, filled: Set<string>, valued: Set<string>): void {
  if (node.num !== null) c.reached.add(node.num)
  const field = node.name
  if (was.name !== node.name || was.kind !== node.kind || was.listed !== node.listed || node.dict.twice.length > 0)
    c.tell("form-structure", field, { field })
  for (const key of keysOf(was.dict, node.dict)) {
    const [a, b] = [was.dict.map.get(key), node.dict.map.get(key)]
    const where = `${field}/${key}`
    if (key === "Kids") {
      if (isRef(b)) c.reached.add(b.num)
    } else if (node.kind === "Sig") {
      const named = (key === "Type" || key === "Subtype") && a !== undefined
      if (filled.has(field) && FILLED_KEYS.has(key) && !named) {
        c.reach(b)
        if (key === "V") tellSigned(c, node, true)
      } else if (key === "V") {
        const gone = c.after.resolve(b) === null && c.before.resolve(a) !== null
        c.expect(a, b, { kind: gone ? "signature-removed" : "signature-replaced", where, field })
      } else c.expect(a, b, { kind: key === "AP" ? "signature-picture" : "form-structure", where, field })
    } else if (key === "V" && valued.has(field)) {
      c.tell("form-value", where, { field, from: shown(c.before, a), to: shown(c.after, b) })
      c.reach(b)
    } else if ((key === "AP" || key === "AS") && valued.has(field)) {
      c.reach(b)
      if (key === "AP" && shareOf(c.after, node).share > PAGE_LIKE) c.tell("form-picture", where, { field })
    } else
      c.expect(a, b, {
        kind: key === "AP" || key === "AS" || key === "MK" ? "form-picture" : "form-structure",
        where,
        field,
      })
  }
}

/** Whether a new node is a signature field that a person may add; else the difference is told. */
function addNode(c: Comparison, node: FormNode): boolean {
  const { num, dict, name } = node
  const keys = [...dict.map.keys()]
  const fit = node.kind === "Sig" && num !== null && c.before.object(num) === null && node.listed
  if (!fit || dict.twice.length > 0 || keys.some((key) => !FIELD_KEYS.has(key))) {
    c.tell("form-structure", name, { field: name })
    return false
  }
  c.reached.add(num)
  for (const key of keys) if (key !== "Kids" && key !== "Parent" && key !== "P") c.reach(dict.map.get(key))
  const signed = c.after.resolve(node.value) !== null
  if (!signed) c.tell("form-structure", name, { field: name })
  else if (node.dict.map.has("V")) tellSigned(c, node, false)
  return true
}

type Covered = Map<number, number>

/** Adds up what the pictures of signatures of one save cover of a page: many small ones cover as much as a large one. */
function cover(c: Comparison, node: FormNode, covered: Covered): void {
  const { page, share } = shareOf(c.after, node)
  if (page === null) return
  const before = covered.get(page) ?? 0
  covered.set(page, before + share)
  if (before <= LARGE && before + share > LARGE) c.tell("signature-large", node.name, { field: node.name, page })
}

/** Of which page a widget covers which part; of none where it does not show. */
function shareOf(view: PdfView, node: FormNode): { page: number | null; share: number } {
  const area = areaOf(view, node.dict.map.get("Rect"))
  const page = area > 0 ? pagesOf(view).find((one) => holds(view, one.dict, node, node.dict)) : undefined
  if (!page) return { page: null, share: 0 }
  const whole = areaOf(view, boxOf(view, page.dict))
  return { page: page.index, share: whole > 0 ? area / whole : 1 }
}

function tellSigned(c: Comparison, node: FormNode, existed: boolean): void {
  const value = dictOf(c.after.resolve(node.dict.map.get("V")))
  const stamp =
    nameOf(value?.map.get("Type")) === "DocTimeStamp" || nameOf(value?.map.get("SubFilter")) === "ETSI.RFC3161"
  const { page, area } = sizeOf(c.after, node)
  const more = { field: node.name, existed, visible: area > 0, ...(page ? { page } : {}) }
  c.tell(stamp ? "timestamp-added" : "signature-added", node.name, more)
}

/** How large a field's widgets are together, and on which page the first of them stands. */
function sizeOf(view: PdfView, node: FormNode): { area: number; page: number | null } {
  let area = 0
  let page: number | null = null
  for (const widget of [node.dict, ...view.items(node.dict.map.get("Kids")).map((kid) => view.dict(kid))]) {
    const own = areaOf(view, widget?.map.get("Rect"))
    if (own === 0) continue
    area += own
    page ??= pagesOf(view).find((one) => holds(view, one.dict, node, widget))?.index ?? null
  }
  return { area, page }
}

function holds(view: PdfView, page: PdfDict, node: FormNode, widget: PdfDict | null): boolean {
  return view
    .items(page.map.get("Annots"))
    .some((one) => (isRef(one) && one.num === node.num) || (widget !== null && view.dict(one) === widget))
}

function boxOf(view: PdfView, page: PdfDict): PdfValue | undefined {
  let at: PdfDict | null = page
  for (let steps = 0; at && steps < 50; steps += 1) {
    const box = at.map.get("CropBox") ?? at.map.get("MediaBox")
    if (box !== undefined) return box
    at = view.dict(at.map.get("Parent"))
  }
  return undefined
}

function areaOf(view: PdfView, value: PdfValue | undefined): number {
  const sides = view.items(value).map((one) => numberOf(view.resolve(one)) ?? 0)
  const [a = 0, b = 0, x = 0, y = 0] = sides
  return Math.abs((x - a) * (y - b))
}

/** A field's value as a person may read it; at most 200 letters. */
function shown(view: PdfView, value: PdfValue | undefined): string {
  const found = view.resolve(value)
  const text = textOf(found) ?? nameOf(found) ?? (found === null ? "" : "…")
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
