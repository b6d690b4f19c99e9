import { createHash } from "node:crypto"
import { deflateSync } from "node:zlib"
import type { PdfValue } from "@/formats/pdf/values"

/** A value to be written: of the old file only what was copied by name gets here. */
export type Made =
  | null
  | boolean
  | number
  | { ref: number }
  | { name: string }
  | { text: string }
  | readonly Made[]
  | { dict: ReadonlyMap<string, Made> }

/** A dictionary to be written, without what is not there. */
export function dict(...pairs: readonly (readonly [string, Made | undefined])[]): { dict: Map<string, Made> } {
  return { dict: new Map(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]))) }
}

export const name = (text: string): Made => ({ name: text })

/** The objects of a new PDF, numbered as they are asked for. The same objects give the same bytes. */
export class Out {
  private readonly bodies: Buffer[] = []

  /** A number for an object that is written later. */
  place(): number {
    this.bodies.push(Buffer.alloc(0))
    return this.bodies.length
  }

  put(value: Made, at: number = this.place()): { ref: number } {
    this.bodies[at - 1] = Buffer.from(words(value), "latin1")
    return { ref: at }
  }

  /** A stream, packed anew, or as it is with the filter it has. */
  stream(
    of: { dict: Map<string, Made> },
    bytes: Uint8Array,
    packed: boolean,
    at: number = this.place(),
  ): { ref: number } {
    const body = packed ? bytes : deflateSync(bytes, { level: 9 })
    const head = new Map(of.dict)
    if (!packed) head.set("Filter", name("FlateDecode"))
    head.set("Length", body.length)
    this.bodies[at - 1] = Buffer.concat([
      Buffer.from(`${words({ dict: head })}\nstream\n`, "latin1"),
      body,
      Buffer.from("\nendstream", "latin1"),
    ])
    return { ref: at }
  }

  /** The whole file. It has no dates and no information of its own: its id follows from what is in it. */
  file(root: { ref: number }): Buffer {
    const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")]
    let at = (parts[0] as Buffer).length
    const places: number[] = []
    this.bodies.forEach((body, i) => {
      places.push(at)
      const piece = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), body, Buffer.from("\nendobj\n")])
      parts.push(piece)
      at += piece.length
    })
    const hash = createHash("sha256")
    for (const part of parts) hash.update(part)
    const id = hash.digest("hex").slice(0, 32)
    const lines = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("")
    const size = this.bodies.length + 1
    parts.push(
      Buffer.from(
        `xref\n0 ${size}\n0000000000 65535 f \n${lines}trailer\n<< /Size ${size} /Root ${root.ref} 0 R /ID [<${id}> <${id}>] >>\nstartxref\n${at}\n%%EOF\n`,
      ),
    )
    return Buffer.concat(parts)
  }
}

function words(value: Made): string {
  if (value === null) return "null"
  if (typeof value === "boolean") return String(value)
  if (typeof value === "number") return number(value)
  if (Array.isArray(value)) return `[${(value as readonly Made[]).map(words).join(" ")}]`
  const one = value as Exclude<Made, null | boolean | number | readonly Made[]>
  if ("ref" in one) return `${one.ref} 0 R`
  if ("name" in one) return named(one.name)
  if ("text" in one) return `<${Buffer.from(one.text, "latin1").toString("hex")}>`
  return `<<${[...one.dict].map(([key, each]) => ` ${named(key)} ${words(each)}`).join("")} >>`
}

function number(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return value.toFixed(6).replace(/\.?0+$/, "")
}

function named(text: string): string {
  return `/${[...Buffer.from(text, "latin1")]
    .map((byte) =>
      byte > 32 && byte < 127 && !"()<>[]{}/%#".includes(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `#${byte.toString(16).padStart(2, "0")}`,
    )
    .join("")}`
}

/** A plain value of the old file, without references; null for what is none. */
export function plain(value: PdfValue | undefined): Made {
  if (value === null || value === undefined || typeof value === "boolean" || typeof value === "number")
    return value ?? null
  if (value.t === "real") return value.v
  if (value.t === "name") return { name: value.v }
  if (value.t === "string") return { text: value.v }
  return null
}
