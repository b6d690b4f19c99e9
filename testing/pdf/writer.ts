import { deflateSync } from "node:zlib"

/** An object to write: its number and what stands between `obj` and `endobj`. */
export type Obj = { num: number; body: string | Buffer }
export type Layout = "table" | "stream" | "packed"

const latin = (text: string) => Buffer.from(text, "latin1")

/** A stream object's body. */
export function streamBody(dict: string, data: Buffer | string): Buffer {
  const bytes = typeof data === "string" ? latin(data) : data
  return Buffer.concat([latin(`<< ${dict} /Length ${bytes.length} >>\nstream\n`), bytes, latin("\nendstream")])
}

/** A whole PDF of these objects; `packed` puts what may be into an object stream. */
export function writePdf(objects: Obj[], layout: Layout = "table", trailer = "/Root 1 0 R"): Buffer {
  return append(latin("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), objects, { layout, trailer, first: true })
}

export type Update = {
  layout?: Layout
  trailer?: string
  first?: boolean
  prev?: number
  free?: number[]
  noEof?: boolean
}

/** Appends a revision: the objects, their table, its trailer. */
export function append(before: Buffer, objects: Obj[], how: Update = {}): Buffer {
  const layout = how.layout ?? "table"
  const parts: Buffer[] = [before]
  let at = before.length
  const put = (piece: Buffer) => {
    parts.push(piece)
    at += piece.length
  }
  const places = new Map<number, [number, number, number]>()
  if (how.first) places.set(0, [0, 0, 65535])
  for (const num of how.free ?? []) places.set(num, [0, 0, 1])
  const highest = [...objects.map((one) => one.num), ...sizesIn(before)].reduce((a, b) => Math.max(a, b), 0)
  const inside =
    layout === "packed" ? objects.filter((one) => typeof one.body === "string" && !one.body.includes("/ByteRange")) : []
  if (!before.subarray(-1).equals(latin("\n"))) put(latin("\n"))
  for (const one of objects) {
    if (inside.includes(one)) continue
    places.set(one.num, [1, at, 0])
    put(Buffer.concat([latin(`${one.num} 0 obj\n`), Buffer.from(one.body as Buffer), latin("\nendobj\n")]))
  }
  let extra = highest
  if (inside.length > 0) {
    const container = (extra += 1)
    let body = ""
    const head = inside.map((one, i) => {
      places.set(one.num, [2, container, i])
      const start = body.length
      body += `${String(one.body)}\n`
      return `${one.num} ${start}`
    })
    const first = `${head.join(" ")}\n`
    const data = deflateSync(latin(first + body))
    places.set(container, [1, at, 0])
    const dict = `/Type /ObjStm /N ${inside.length} /First ${first.length} /Filter /FlateDecode`
    put(Buffer.concat([latin(`${container} 0 obj\n`), streamBody(dict, data), latin("\nendobj\n")]))
  }
  const prev = how.first ? "" : `/Prev ${how.prev ?? lastStart(before)}`
  const trailer = how.trailer ?? "/Root 1 0 R"
  const start = at
  if (layout === "table") put(table(places, `/Size ${highest + 1} ${trailer} ${prev}`))
  else {
    const own = extra + 1
    places.set(own, [1, at, 0])
    put(tableStream(places, own, `/Size ${own + 1} ${trailer} ${prev}`))
  }
  put(latin(`startxref\n${start}\n${how.noEof ? "" : "%%EOF\n"}`))
  return Buffer.concat(parts)
}

function table(places: Map<number, [number, number, number]>, trailer: string): Buffer {
  const lines = runs(places).map(([first, run]) => {
    const entries = run.map(([kind, a, b]) => {
      const word = `${String(a).padStart(10, "0")} ${String(b).padStart(5, "0")}`
      return `${word} ${kind === 1 ? "n" : "f"} \n`
    })
    return `${first} ${run.length}\n${entries.join("")}`
  })
  return latin(`xref\n${lines.join("")}trailer\n<< ${trailer} >>\n`)
}

function tableStream(places: Map<number, [number, number, number]>, own: number, dict: string): Buffer {
  const all = runs(places)
  const rows = all.flatMap(([, run]) =>
    run.map(([kind, a, b]) =>
      Buffer.from([kind, (a >> 24) & 255, (a >> 16) & 255, (a >> 8) & 255, a & 255, b >> 8, b & 255]),
    ),
  )
  // With the predictor that most writers use.
  const width = 7
  const raw = rows.map((row, y) => Buffer.from([2, ...row.map((byte, x) => (byte - (rows[y - 1]?.[x] ?? 0)) & 255)]))
  const data = deflateSync(Buffer.concat(raw))
  const index = all.map(([first, run]) => `${first} ${run.length}`).join(" ")
  const parms = `/DecodeParms << /Predictor 12 /Columns ${width} >>`
  const body = streamBody(`/Type /XRef /W [1 4 2] /Index [${index}] /Filter /FlateDecode ${parms} ${dict}`, data)
  return Buffer.concat([latin(`${own} 0 obj\n`), body, latin("\nendobj\n")])
}

function runs(places: Map<number, [number, number, number]>): [number, [number, number, number][]][] {
  const out: [number, [number, number, number][]][] = []
  for (const num of [...places.keys()].sort((a, b) => a - b)) {
    const last = out.at(-1)
    const place = places.get(num) as [number, number, number]
    if (last && last[0] + last[1].length === num) last[1].push(place)
    else out.push([num, [place]])
  }
  return out
}

/** The place that the last `startxref` names. */
export function lastStart(pdf: Buffer): number {
  return Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(pdf.toString("latin1"))?.[1] ?? Number.NaN)
}

function sizesIn(pdf: Buffer): number[] {
  return [...pdf.toString("latin1").matchAll(/\/Size (\d+)/g)].map(([, size]) => Number(size) - 1)
}
