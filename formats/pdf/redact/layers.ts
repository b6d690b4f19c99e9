import { PDF_LIMITS, PdfError } from "@/formats/pdf/budget"
import type { PdfView } from "@/formats/pdf/file"
import { nameOf, type PdfDict, type PdfValue } from "@/formats/pdf/values"
import { dict, name, type Made, type Out } from "./write"

/** Layers of the pages that are kept: what was hidden stays hidden. They lose their names, which are nobody's business. */
export class Layers {
  private readonly made = new Map<PdfDict, { ref: number; off: boolean }>()

  constructor(
    private readonly view: PdfView,
    private readonly out: Out,
  ) {}

  /** What a marked part of a page belongs to; what is no layer says nothing. */
  copy(value: PdfValue | undefined): Made {
    const of = this.view.dict(value)
    const type = of && nameOf(this.view.resolve(of.map.get("Type")))
    if (!of || (type !== "OCG" && type !== "OCMD")) return dict()
    if (type === "OCG") return this.layer(of)
    const held = of.map.get("OCGs")
    const some = this.view.dict(held) ? [held as PdfValue] : this.view.items(held)
    const policy = nameOf(this.view.resolve(of.map.get("P")))
    return dict(
      ["Type", name("OCMD")],
      [
        "OCGs",
        some.flatMap((one) => {
          const layer = this.view.dict(one)
          return layer ? [this.layer(layer)] : []
        }),
      ],
      ["P", policy === null ? undefined : name(policy)],
      ["VE", of.map.has("VE") ? this.expression(of.map.get("VE"), 0) : undefined],
    )
  }

  /** A rule of layers: And, Or and Not of others. */
  private expression(value: PdfValue | undefined, depth: number): Made {
    if (depth > PDF_LIMITS.depth) throw new PdfError("too-deep")
    const layer = this.view.dict(value)
    if (layer) return this.layer(layer)
    const [sign, ...of] = this.view.items(value)
    return [name(nameOf(this.view.resolve(sign)) ?? "Or"), ...of.map((one) => this.expression(one, depth + 1))]
  }

  /** Whether what belongs to this layer, or to these, is hidden when the file is opened. */
  hides(value: PdfValue | undefined): boolean {
    const of = this.view.dict(value)
    const type = of && nameOf(this.view.resolve(of.map.get("Type")))
    if (!of || (type !== "OCG" && type !== "OCMD")) return false
    if (type === "OCG") return this.hidden().has(of)
    if (of.map.has("VE")) return !this.holds(of.map.get("VE"), 0)
    const held = of.map.get("OCGs")
    const off = (this.view.dict(held) ? [held as PdfValue] : this.view.items(held)).flatMap((one) => {
      const layer = this.view.dict(one)
      return layer ? [this.hidden().has(layer)] : []
    })
    if (off.length === 0) return false
    const policy = nameOf(this.view.resolve(of.map.get("P")))
    if (policy === "AllOn") return off.some(Boolean)
    if (policy === "AnyOff") return !off.some(Boolean)
    return policy === "AllOff" ? !off.every(Boolean) : off.every(Boolean)
  }

  private holds(value: PdfValue | undefined, depth: number): boolean {
    if (depth > PDF_LIMITS.depth) throw new PdfError("too-deep")
    const layer = this.view.dict(value)
    if (layer) return !this.hidden().has(layer)
    const [sign, ...of] = this.view.items(value)
    const each = of.map((one) => this.holds(one, depth + 1))
    const how = nameOf(this.view.resolve(sign))
    if (how === "Not") return !each[0]
    return how === "And" ? each.every(Boolean) : each.some(Boolean)
  }

  private layer(of: PdfDict): { ref: number } {
    const known = this.made.get(of)
    if (known) return { ref: known.ref }
    const { ref } = this.out.put(dict(["Type", name("OCG")], ["Name", { text: `Layer ${this.made.size + 1}` }]))
    this.made.set(of, { ref, off: this.hidden().has(of) })
    return { ref }
  }

  private off: Set<PdfDict> | null = null
  private hidden(): Set<PdfDict> {
    if (this.off) return this.off
    const root = this.view.dict(this.view.trailer.map.get("Root"))
    const all = this.view.dict(root?.map.get("OCProperties"))
    const usual = this.view.dict(all?.map.get("D"))
    const dicts = (value: PdfValue | undefined): PdfDict[] =>
      this.view.items(value).flatMap((one) => this.view.dict(one) ?? [])
    const base = nameOf(this.view.resolve(usual?.map.get("BaseState"))) === "OFF" ? dicts(all?.map.get("OCGs")) : []
    this.off = new Set([...base, ...dicts(usual?.map.get("OFF"))])
    for (const one of base.length > 0 ? dicts(usual?.map.get("ON")) : []) this.off.delete(one)
    return this.off
  }

  /** What the catalog says of them; undefined where there are none. */
  catalog(): Made | undefined {
    if (this.made.size === 0) return undefined
    const refs = [...this.made.values()]
    const ref = ({ ref: at }: { ref: number }): Made => ({ ref: at })
    return dict(["OCGs", refs.map(ref)], ["D", dict(["OFF", refs.filter(({ off }) => off).map(ref)], ["Order", []])])
  }
}
