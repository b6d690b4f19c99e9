import { PDF_LIMITS } from "./budget"
import type { PdfView } from "./file"
import { nameOf, textOf, type PdfDict, type PdfValue } from "./values"

/** A node of the form: a field, or one of its widgets. `num` is null where it stands inside another object. */
export type FormNode = {
  num: number | null
  dict: PdfDict
  name: string
  kind: string | null
  /** Whether it is a field (has a name of its own) or only a widget of the one above. */
  own: boolean
  value: PdfValue | undefined
  listed: boolean
}

export type Page = { num: number; dict: PdfDict; index: number }

/** The dictionary of the catalog; null where it is none. */
export function catalogOf(view: PdfView): PdfDict | null {
  return view.dict(view.trailer.map.get("Root"))
}

/** Every node of the form, and every widget on a page that the form does not list. */
export function formNodes(view: PdfView): FormNode[] {
  const out: FormNode[] = []
  const seen = new Set<number>()
  const walk = (
    value: PdfValue,
    above: { name: string; kind: string | null; value?: PdfValue },
    depth: number,
    listed: boolean,
  ) => {
    const num = value !== null && typeof value === "object" && value.t === "ref" ? value.num : null
    if (num !== null && seen.has(num)) return
    if (num !== null) seen.add(num)
    const dict = view.dict(value)
    if (!dict || depth > PDF_LIMITS.depth) return
    const part = textOf(view.resolve(dict.map.get("T")))
    const name = part === null ? above.name : above.name ? `${above.name}.${part}` : part
    const kind = nameOf(view.resolve(dict.map.get("FT"))) ?? above.kind
    const own = dict.map.get("V") ?? above.value
    out.push({ num, dict, name, kind, own: part !== null, value: own, listed })
    for (const kid of view.items(dict.map.get("Kids"))) walk(kid, { name, kind, value: own }, depth + 1, listed)
  }
  const form = view.dict(catalogOf(view)?.map.get("AcroForm"))
  for (const field of view.items(form?.map.get("Fields"))) walk(field, { name: "", kind: null }, 0, true)
  for (const page of pagesOf(view))
    for (const annotation of view.items(page.dict.map.get("Annots"))) {
      const dict = view.dict(annotation)
      if (!dict || nameOf(view.resolve(dict.map.get("Subtype"))) !== "Widget") continue
      walk(annotation, above(view, dict), 0, false)
    }
  return out
}

/** What a widget takes over from the fields above it, by their Parent. */
function above(view: PdfView, widget: PdfDict): { name: string; kind: string | null; value?: PdfValue } {
  const names: string[] = []
  let kind: string | null = null
  let value: PdfValue | undefined
  let dict = view.dict(widget.map.get("Parent"))
  for (let steps = 0; dict && steps < PDF_LIMITS.depth; steps += 1) {
    const part = textOf(view.resolve(dict.map.get("T")))
    if (part !== null) names.unshift(part)
    kind ??= nameOf(view.resolve(dict.map.get("FT")))
    value ??= dict.map.get("V")
    dict = view.dict(dict.map.get("Parent"))
  }
  return { name: names.join("."), kind, value }
}

/** The pages in their order; a loop or a page met twice is cut. */
export function pagesOf(view: PdfView): Page[] {
  const out: Page[] = []
  const seen = new Set<number>()
  const walk = (value: PdfValue | undefined, depth: number) => {
    if (value === null || value === undefined || typeof value !== "object" || value.t !== "ref") return
    if (seen.has(value.num) || depth > PDF_LIMITS.depth) return
    seen.add(value.num)
    const dict = view.dict(value)
    if (!dict) return
    if (dict.map.has("Kids")) for (const kid of view.items(dict.map.get("Kids"))) walk(kid, depth + 1)
    else out.push({ num: value.num, dict, index: out.length + 1 })
  }
  walk(catalogOf(view)?.map.get("Pages"), 0)
  return out
}
