import type { PdfView } from "@/formats/pdf/file"
import { dictOf, nameOf, numberOf, type PdfDict, type PdfStream, type PdfValue } from "@/formats/pdf/values"
import { decoded } from "./decode"
import { onlyCodes, onlyGlyphs } from "./fonts"
import { dict, name, plain, type Made, type Out } from "./write"

const FLAT = "Type Subtype BaseFont FirstChar LastChar FontBBox FontMatrix".split(" ")
const DESCRIBES =
  "Type FontName Flags FontBBox ItalicAngle Ascent Descent Leading CapHeight XHeight StemV StemH AvgWidth MaxWidth MissingWidth".split(
    " ",
  )
const PROGRAM = ["FontFile", "FontFile2", "FontFile3"]

/** Copies fonts with what the kept pages show of them, and as little as can be of what only the others did. */
export class FontCopier {
  /** Strings shown with each font; null: it cannot be told which, so all of it is kept. */
  private readonly shown = new Map<PdfDict, Set<string> | null>()
  private readonly made = new Map<PdfDict, { ref: number }>()

  constructor(
    private readonly view: PdfView,
    private readonly out: Out,
    private readonly whole: (value: PdfValue | undefined) => Made,
    private readonly pruned: (resources: PdfDict | null, drawings: readonly PdfStream[]) => Made,
  ) {}

  shows(font: PdfDict, strings: ReadonlySet<string> | null): void {
    const held = this.shown.get(font)
    if (held === null) return
    if (strings === null) this.shown.set(font, null)
    else this.shown.set(font, new Set([...(held ?? []), ...strings]))
  }

  /** The drawings of a font that is made of them, as far as they are used. */
  drawings(font: PdfDict): PdfStream[] {
    if (nameOf(this.view.resolve(font.map.get("Subtype"))) !== "Type3") return []
    return this.procs(font).map(([, stream]) => stream)
  }

  private procs(font: PdfDict): [string, PdfStream][] {
    const used = this.codes(font, 1)
    const names = used && new Set(this.differences(font, used).map(([, glyph]) => glyph))
    return [...(this.view.dict(font.map.get("CharProcs"))?.map ?? [])].flatMap(([key, value]) => {
      const stream = this.view.resolve(value)
      const is = stream !== null && typeof stream === "object" && stream.t === "stream"
      return is && (!names || names.has(key)) ? [[key, stream] as [string, PdfStream]] : []
    })
  }

  /** The codes that are used; null: all of them may be. */
  private codes(font: PdfDict, wide: 1 | 2): Set<number> | null {
    const strings = this.shown.get(font)
    if (!strings) return null
    const out = new Set<number>()
    for (const text of strings)
      for (let i = 0; i + wide <= text.length; i += wide)
        out.add(wide === 1 ? text.charCodeAt(i) : text.charCodeAt(i) * 256 + text.charCodeAt(i + 1))
    return out
  }

  copy(value: PdfValue): Made | null {
    const font = this.view.dict(value)
    if (!font) return null
    const known = this.made.get(font)
    if (known) return known
    const at = { ref: this.out.place() }
    this.made.set(font, at)
    const subtype = nameOf(this.view.resolve(font.map.get("Subtype")))
    this.out.put(subtype === "Type0" ? this.composite(font) : this.simple(font, subtype), at.ref)
    return at
  }

  private keys(of: PdfDict, keys: readonly string[]): { dict: Map<string, Made> } {
    return dict(...keys.map((key) => [key, of.map.has(key) ? this.flat(of.map.get(key)) : undefined] as const))
  }

  private flat(value: PdfValue | undefined): Made {
    const found = this.view.resolve(value)
    if (found !== null && typeof found === "object" && found.t === "array")
      return found.items.map((one) => plain(this.view.resolve(one)))
    return plain(found)
  }

  private simple(font: PdfDict, subtype: string | null): Made {
    const head = this.keys(font, FLAT)
    const used = this.codes(font, 1)
    const first = numberOf(this.view.resolve(font.map.get("FirstChar"))) ?? 0
    if (font.map.has("Widths"))
      head.dict.set(
        "Widths",
        this.view
          .items(font.map.get("Widths"))
          .slice(0, 256)
          .map((one, i) => (used && !used.has(first + i) ? 0 : plain(this.view.resolve(one)))),
      )
    if (font.map.has("Encoding")) head.dict.set("Encoding", this.encoding(font, used))
    if (font.map.has("ToUnicode")) head.dict.set("ToUnicode", this.toUnicode(font, used, 1))
    if (font.map.has("FontDescriptor")) head.dict.set("FontDescriptor", this.descriptor(font, null))
    if (subtype === "Type3") {
      head.dict.set("CharProcs", {
        dict: new Map(
          this.procs(font).map(([key, stream]) => [key, this.out.stream(dict(), decoded(this.view, stream), false)]),
        ),
      })
      head.dict.set("Resources", this.pruned(this.view.dict(font.map.get("Resources")), this.drawings(font)))
    }
    return head
  }

  /** Names of codes that differ from the usual ones, of those that are used. */
  private differences(font: PdfDict, used: ReadonlySet<number>): [number, string][] {
    const out: [number, string][] = []
    let code = 0
    for (const one of this.view.items(this.view.dict(font.map.get("Encoding"))?.map.get("Differences"))) {
      const found = this.view.resolve(one)
      if (typeof found === "number") code = found
      else {
        const glyph = nameOf(found)
        if (glyph !== null && used.has(code)) out.push([code, glyph])
        code += 1
      }
    }
    return out.sort(([a], [b]) => a - b)
  }

  private encoding(font: PdfDict, used: ReadonlySet<number> | null): Made {
    const of = this.view.dict(font.map.get("Encoding"))
    if (!of) return plain(this.view.resolve(font.map.get("Encoding")))
    const all = used ?? new Set(Array.from({ length: 256 }, (_, i) => i))
    return dict(
      ["Type", name("Encoding")],
      ["BaseEncoding", of.map.has("BaseEncoding") ? plain(this.view.resolve(of.map.get("BaseEncoding"))) : undefined],
      ["Differences", this.differences(font, all).flatMap(([code, glyph]) => [code, name(glyph)])],
    )
  }

  private toUnicode(font: PdfDict, used: ReadonlySet<number> | null, wide: 1 | 2): Made {
    const map = this.view.resolve(font.map.get("ToUnicode"))
    if (map === null || typeof map !== "object" || map.t !== "stream") return plain(map)
    const text = Buffer.from(decoded(this.view, map)).toString("latin1")
    return this.out.stream(dict(), Buffer.from(used ? onlyCodes(text, used, wide) : text, "latin1"), false)
  }

  private composite(font: PdfDict): Made {
    const encoding = this.view.resolve(font.map.get("Encoding"))
    const straight = /^Identity-[HV]$/.test(nameOf(encoding) ?? "")
    const used = straight ? this.codes(font, 2) : null
    const head = this.keys(font, FLAT)
    head.dict.set("Encoding", nameOf(encoding) === null ? this.whole(font.map.get("Encoding")) : plain(encoding))
    if (font.map.has("ToUnicode")) head.dict.set("ToUnicode", this.toUnicode(font, used, 2))
    const [below] = this.view.items(font.map.get("DescendantFonts"))
    const of = this.view.dict(below)
    if (of) head.dict.set("DescendantFonts", [this.out.put(this.descendant(of, used))])
    return head
  }

  private descendant(of: PdfDict, used: ReadonlySet<number> | null): Made {
    const head = this.keys(of, [...FLAT, "DW", "DW2"])
    const system = this.view.dict(of.map.get("CIDSystemInfo"))
    if (system) head.dict.set("CIDSystemInfo", this.keys(system, ["Registry", "Ordering", "Supplement"]))
    const map = of.map.get("CIDToGIDMap")
    const straight = map === undefined || nameOf(this.view.resolve(map)) === "Identity"
    if (map !== undefined) head.dict.set("CIDToGIDMap", straight ? name("Identity") : this.whole(map))
    for (const key of ["W", "W2"])
      if (of.map.has(key)) head.dict.set(key, key === "W" && used ? this.widths(of, used) : this.whole(of.map.get(key)))
    if (of.map.has("FontDescriptor")) head.dict.set("FontDescriptor", this.descriptor(of, straight ? used : null))
    return head
  }

  /** Widths of the glyphs that are used, one by one in their order. */
  private widths(of: PdfDict, used: ReadonlySet<number>): Made {
    const out: Made[] = []
    const items = this.view.items(of.map.get("W")).map((one) => this.view.resolve(one))
    for (let i = 0; i < items.length;) {
      const first = numberOf(items[i])
      const next = items[i + 1]
      if (first === null) break
      if (next !== null && typeof next === "object" && next.t === "array") {
        next.items.forEach((one, k) => {
          if (used.has(first + k)) out.push(first + k, [plain(this.view.resolve(one))])
        })
        i += 2
      } else {
        const last = numberOf(next) ?? first
        for (const cid of used) if (cid >= first && cid <= last) out.push(cid, [plain(items[i + 2])])
        i += 3
      }
    }
    return out
  }

  private descriptor(of: PdfDict, glyphs: ReadonlySet<number> | null): Made {
    const found = this.view.dict(of.map.get("FontDescriptor"))
    if (!found) return null
    const head = this.keys(found, DESCRIBES)
    for (const key of PROGRAM) {
      const stream = this.view.resolve(found.map.get(key))
      if (stream === null || typeof stream !== "object" || stream.t !== "stream") continue
      const bytes = decoded(this.view, stream)
      const less = key === "FontFile2" && glyphs ? onlyGlyphs(bytes, glyphs) : null
      const about = this.keys(dictOf(stream) as PdfDict, ["Subtype", "Length1", "Length2", "Length3"])
      head.dict.set(key, this.out.stream(about, less ?? bytes, false))
    }
    return this.out.put(head)
  }
}
