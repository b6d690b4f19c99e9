import { byJane, byTime, cast } from "./cast"
import { makeStamp } from "./cms"
import { agreement, AT, CATALOG, content, field, FORM, PAGE, signed } from "./signed"
import { append, streamBody, type Layout, type Obj } from "./writer"

/** Numbers that are the same for the same seed. */
export function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0 || 1
  return (below) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state % below
  }
}

const TRAILER = { trailer: "/Root 1 0 R /Info 7 0 R" }
const widget = (name: string, value: number) =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /F 132 /Rect [0 0 0 0] /P 3 0 R /V ${value} 0 R >>`
const more = (num: number): Obj[] => [
  { num: AT.form, body: FORM.replace("[6 0 R]", `[6 0 R ${num} 0 R]`) },
  { num: AT.page, body: PAGE.replace("[6 0 R]", `[6 0 R ${num} 0 R]`) },
]

/** A whole file to change, and the bytes that a signature in it covers, from the first signature on. */
export type Whole = { name: string; pdf: Buffer; ranges: [number, number][] }

/** Whole signed files of several kinds. */
export function wholeFiles(): Whole[] {
  const out: Whole[] = []
  for (const layout of ["table", "stream", "packed"] as Layout[]) {
    const stamp = (value: Buffer) => makeStamp([value], "2026-01-05T10:00:30Z", cast().tsa)
    const once = signed(agreement([], layout), byJane(layout === "stream" ? { stamp } : {}), { update: { layout } })
    out.push({ name: layout, pdf: once, ranges: rangesOf(once) })
    const objects = [...more(30), { num: 30, body: widget("Sig2", 31) }]
    const twice = signed(once, byJane(), { num: 31, existing: false, objects, update: { layout } })
    out.push({ name: `${layout}, twice`, pdf: twice, ranges: rangesOf(twice) })
    const later = [...more(32), { num: 32, body: widget("Time", 33) }]
    const stamped = signed(once, byTime("2026-01-07T00:00:00Z"), {
      num: 33,
      subFilter: "ETSI.RFC3161",
      existing: false,
      objects: later,
    })
    out.push({ name: `${layout}, stamped`, pdf: stamped, ranges: rangesOf(stamped) })
  }
  return out
}

/** What the last signature of a file covers: it covers what those before it do. */
function rangesOf(pdf: Buffer): [number, number][] {
  const all = [...pdf.toString("latin1").matchAll(/\/ByteRange \[0 (\d+) (\d+) (\d+)\]/g)]
  const ranges = all.map(([, b, c, d]) => [Number(b), Number(c), Number(c) + Number(d)] as const)
  const [b, c, end] = [...ranges].sort((x, y) => y[2] - x[2])[0] as readonly [number, number, number]
  return [
    [0, b],
    [c, end],
  ]
}

const WORDS = [
  "/ByteRange",
  "/Contents",
  "/V 20 0 R",
  "endobj",
  "stream",
  "xref",
  "trailer",
  "startxref\n9\n%%EOF\n",
  "%%EOF",
  "<<",
  ">>",
  "[",
  "]",
  "(",
  "null",
  "1 0 R",
  "99999999999",
  "-1",
  "/Prev 0",
  "/Length 0",
  "/Root 2 0 R",
]

/** A changed copy: a few changes of the kinds that break readers. */
export function mutated(pdf: Buffer, next: (below: number) => number): Buffer {
  let out: Buffer = Buffer.from(pdf)
  for (let times = 1 + next(3); times > 0; times -= 1) {
    // The long room of a signature is mostly zeros: look elsewhere more often than chance would.
    const at = next(4) === 0 ? out.length - 1 - next(Math.min(out.length, 900)) : next(out.length)
    const word = Buffer.from(WORDS[next(WORDS.length)] ?? "")
    const kind = next(9)
    if (kind === 0) out[at] = (out[at] ?? 0) ^ (1 << next(8))
    else if (kind === 1) out[at] = next(256)
    else if (kind === 2) out = Buffer.concat([out.subarray(0, at), word, out.subarray(at)])
    else if (kind === 3)
      out = Buffer.concat([out.subarray(0, at), out.subarray(Math.min(out.length, at + 1 + next(60)))])
    else if (kind === 4) word.copy(out, at)
    else if (kind === 5) out = Buffer.concat([out, out.subarray(at, Math.min(out.length, at + 1 + next(400)))])
    else if (kind === 6) out = out.subarray(0, Math.max(30, at))
    else if (kind === 7) out = digit(out, at, next)
    else out = Buffer.concat([out, word, Buffer.from("\n")])
    if (out.length < 40) return out
  }
  return out
}

/** Changes a digit near a place: lengths, places and numbers of objects are what readers trust. */
function digit(pdf: Buffer, from: number, next: (below: number) => number): Buffer {
  const out = Buffer.from(pdf)
  for (let at = from; at < Math.min(out.length, from + 13_000); at += 1) {
    const byte = out[at] ?? 0
    if (byte > 48 && byte <= 57) {
      out[at] = 48 + next(10)
      break
    }
  }
  return out
}

/** Whether every byte that the first file's signatures cover stands in the other at the same place. */
export function keeps(whole: Whole, other: Buffer): boolean {
  return whole.ranges.every(
    ([from, to]) => other.length >= to && whole.pdf.subarray(from, to).equals(other.subarray(from, to)),
  )
}

/** A later save that changes something which no signer allowed, now and then with a good signature over it. */
export function tampered(whole: Whole, next: (below: number) => number): Buffer {
  const bodies: Obj[] = [
    { num: AT.content, body: content(String(101 + next(800))) },
    { num: AT.secondContent, body: streamBody("", `BT (${next(1000)}) Tj ET`) },
    { num: AT.font, body: `<< /Type /Font /Subtype /Type1 /BaseFont /F${next(1000)} >>` },
    { num: AT.resources, body: `<< /Font << /F1 ${20 + next(20)} 0 R >> >>` },
    { num: AT.pages, body: `<< /Type /Pages /Kids [${next(2) ? "10 0 R 3 0 R" : "10 0 R"}] /Count 2 >>` },
    {
      num: AT.second,
      body: "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources 9 0 R >>",
    },
    { num: AT.catalog, body: CATALOG.replace(" >>", ` /OpenAction [${3 + next(3)} 0 R /Fit] >>`) },
    { num: AT.field, body: field(`/X ${next(1000)}`, 20) },
    { num: AT.form, body: FORM.replace("[6 0 R]", "[]") },
  ]
  const picked = bodies.filter(() => next(4) === 0)
  const objects = picked.length > 0 ? picked : [bodies[next(bodies.length)] as Obj]
  const layout = (["table", "stream", "packed"] as const)[next(3)]
  if (next(3) > 0) return append(whole.pdf, objects, { ...TRAILER, layout })
  // A good signature over it makes it no better.
  const fresh = [...more(70), { num: 70, body: widget("Over", 71) }].filter(
    (one) => !objects.some((two) => two.num === one.num),
  )
  return signed(whole.pdf, byJane(), { num: 71, existing: false, objects: [...fresh, ...objects], update: { layout } })
}
