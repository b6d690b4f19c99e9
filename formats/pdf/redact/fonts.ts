/**
 * What of an embedded font shows more than the pages that are kept: the shapes and widths of glyphs that only the others use. A
 * subset holds them in the order in which the text first needed them, so that they could spell its first words.
 */

const u16 = (bytes: Buffer, at: number): number => (at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0)
const u32 = (bytes: Buffer, at: number): number => (at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0)

const TELLING = "cmap name GSUB GPOS GDEF kern hdmx VDMX LTSH DSIG morx mort".split(" ")

/** A TrueType font in which every glyph but these is empty. One that cannot be read is given back null. */
export function onlyGlyphs(font: Uint8Array, used: ReadonlySet<number>): Buffer | null {
  const bytes = Buffer.from(font)
  const tables = new Map<string, { at: number; length: number }>()
  for (let i = 0; i < Math.min(u16(bytes, 4), 64); i += 1) {
    const at = 12 + i * 16
    const place = { at: u32(bytes, at + 8), length: u32(bytes, at + 12) }
    if (place.at + place.length > bytes.length) return null
    tables.set(bytes.toString("latin1", at, at + 4), place)
  }
  const [head, loca, glyf, maxp] = ["head", "loca", "glyf", "maxp"].map((key) => tables.get(key))
  if (!head || !loca || !glyf || !maxp) return null
  const long = u16(bytes, head.at + 50) === 1
  const count = u16(bytes, maxp.at + 4)
  if (loca.length < (count + 1) * (long ? 4 : 2)) return null
  const place = (gid: number): number => (long ? u32(bytes, loca.at + gid * 4) : u16(bytes, loca.at + gid * 2) * 2)
  const keep = withParts(used, count, (gid) => {
    const from = glyf.at + place(gid)
    const to = glyf.at + place(gid + 1)
    return to > from && to <= glyf.at + glyf.length ? bytes.subarray(from, to) : null
  })
  const kept: { from: number; to: number }[] = []
  for (const gid of keep) if (gid < count) kept.push({ from: place(gid), to: place(gid + 1) })
  kept.sort((a, b) => a.from - b.from)
  let at = 0
  for (const { from, to } of [...kept, { from: glyf.length, to: glyf.length }]) {
    if (from > at) bytes.fill(0, glyf.at + at, glyf.at + Math.min(from, glyf.length))
    at = Math.max(at, to)
  }
  widths(bytes, tables, keep)
  // Names, layout and the map from letters say which letters there are: a font that is asked by number needs none of them.
  for (const key of TELLING) {
    const table = tables.get(key)
    if (table) bytes.fill(0, table.at, table.at + table.length)
  }
  const post = tables.get("post")
  if (post && post.length >= 32) {
    bytes.writeUInt32BE(0x0003_0000, post.at)
    bytes.fill(0, post.at + 32, post.at + post.length)
  }
  return bytes
}

/** With the glyphs that these are put together from. */
function withParts(used: ReadonlySet<number>, count: number, glyph: (gid: number) => Buffer | null): Set<number> {
  const all = new Set([0])
  const todo = [...used]
  while (todo.length > 0) {
    const gid = todo.pop() as number
    if (all.has(gid) && gid !== 0) continue
    all.add(gid)
    if (gid >= count) continue
    const bytes = glyph(gid)
    if (!bytes || bytes.length < 10 || bytes.readInt16BE(0) >= 0) continue
    for (let at = 10, more = true; more && at + 4 <= bytes.length;) {
      const flags = u16(bytes, at)
      const part = u16(bytes, at + 2)
      if (!all.has(part)) todo.push(part)
      at += 4 + (flags & 1 ? 4 : 2) + (flags & 8 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0)
      more = (flags & 0x20) !== 0
    }
  }
  return all
}

function widths(bytes: Buffer, tables: Map<string, { at: number; length: number }>, keep: ReadonlySet<number>): void {
  const hhea = tables.get("hhea")
  const hmtx = tables.get("hmtx")
  if (!hhea || !hmtx) return
  const n = u16(bytes, hhea.at + 34)
  for (let gid = 0; gid < n && (gid + 1) * 4 <= hmtx.length; gid += 1)
    if (!keep.has(gid)) bytes.fill(0, hmtx.at + gid * 4, hmtx.at + gid * 4 + 4)
}

/** The text that codes stand for, of a font's own map; only those that are used, in their order. */
export function onlyCodes(map: string, used: ReadonlySet<number>, wide: 1 | 2): string {
  const found = new Map<number, string>()
  const add = (code: number, text: string): void => {
    if (used.has(code) && /^[0-9a-f]{4,64}$/i.test(text)) found.set(code, text)
  }
  for (const [, block] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code, text] of (block ?? "").matchAll(/<\s*([0-9a-fA-F]+)\s*>\s*<\s*([0-9a-fA-F]+)\s*>/g))
      add(Number.parseInt(code ?? "", 16), text ?? "")
  for (const [, block] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, to, one, list] of (block ?? "").matchAll(
      /<\s*([0-9a-fA-F]+)\s*>\s*<\s*([0-9a-fA-F]+)\s*>\s*(?:<\s*([0-9a-fA-F]+)\s*>|\[([^\]]*)\])/g,
    )) {
      const [first, last] = [Number.parseInt(from ?? "", 16), Number.parseInt(to ?? "", 16)]
      if (last - first > 65_535) continue
      const listed = [...(list ?? "").matchAll(/<\s*([0-9a-fA-F]+)\s*>/g)].map(([, text]) => text ?? "")
      for (let code = first; code <= last; code += 1)
        add(code, one ? counted(one, code - first) : (listed[code - first] ?? ""))
    }
  const digits = wide * 2
  const lines = [...found]
    .sort(([a], [b]) => a - b)
    .map(([code, text]) => `<${code.toString(16).padStart(digits, "0")}> <${text}>`)
  const blocks: string[] = []
  for (let i = 0; i < lines.length; i += 100) {
    const some = lines.slice(i, i + 100)
    blocks.push(`${some.length} beginbfchar\n${some.join("\n")}\nendbfchar`)
  }
  return [
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    `/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<${"00".repeat(wide)}> <${"ff".repeat(wide)}>\nendcodespacerange`,
    ...blocks,
    "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend",
  ].join("\n")
}

function counted(text: string, more: number): string {
  const head = text.slice(0, -4)
  const last = Number.parseInt(text.slice(-4), 16) + more
  return last > 0xffff ? "" : `${head}${last.toString(16).padStart(Math.min(4, text.length), "0")}`
}
