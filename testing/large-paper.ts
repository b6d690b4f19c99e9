import { randomBytes } from "node:crypto"

const MEGABYTE = 1024 * 1024

/** A scanned paper of so many pages of one size, each said beside its picture: the library looks at all of them before it draws one. */
export function largePaper(pages: number, size = MEGABYTE): Buffer {
  const noise = randomBytes(size)
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n")]
  const at: number[] = []
  let length = parts[0]?.length ?? 0
  const put = (bytes: Buffer): void => {
    parts.push(bytes)
    length += bytes.length
  }
  const object = (n: number, head: string, stream?: Buffer): void => {
    at[n] = length
    put(Buffer.from(`${n} 0 obj\n${head}\n`))
    if (stream) for (const piece of [Buffer.from("stream\n"), stream, Buffer.from("\nendstream\n")]) put(piece)
    put(Buffer.from("endobj\n"))
  }
  const first = 3
  for (let page = 0; page < pages; page += 1) {
    const n = first + 1 + page * 3
    const words = Buffer.from(`BT /F1 12 Tf 50 700 Td (Page ${page + 1} of the paper) Tj ET`)
    object(
      n,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents ${n + 1} 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /X ${n + 2} 0 R >> >> >>`,
    )
    object(n + 1, `<< /Length ${words.length} >>`, words)
    const picture = `/Type /XObject /Subtype /Image /Width 1024 /Height ${size / 1024} /ColorSpace /DeviceGray /BitsPerComponent 8`
    object(n + 2, `<< ${picture} /Length ${noise.length} >>`, noise)
  }
  object(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
  const kids = Array.from({ length: pages }, (_, page) => `${first + 1 + page * 3} 0 R`).join(" ")
  object(2, `<< /Type /Pages /Count ${pages} /Kids [${kids}] >>`)
  object(1, "<< /Type /Catalog /Pages 2 0 R >>")
  const lines = Array.from({ length: at.length - 1 }, (_, n) => `${String(at[n + 1]).padStart(10, "0")} 00000 n \n`)
  const table = `xref\n0 ${at.length}\n0000000000 65535 f \n${lines.join("")}`
  put(Buffer.from(`${table}trailer\n<< /Size ${at.length} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`))
  return Buffer.concat(parts)
}
