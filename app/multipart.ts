import { Readable } from "node:stream"

/** A multipart body that is none, or that holds more than a form of ours does. */
export class BadForm extends Error {}

const MOST = { parts: 50, head: 8_192, field: 10_000 }
const END_OF_HEAD = Buffer.from("\r\n\r\n")

/** The border of a multipart body, of its content type; null: there is none. */
export function borderOf(contentType: string): string | null {
  const found = /;\s*boundary=(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType)
  return found?.[1] ?? found?.[2] ?? null
}

/**
 * Reads a form as it comes: each file is handed on as a stream and must be read to its end before the next part is looked
 * at, so that none is ever whole in memory. Gives the other fields, the first of each name.
 */
export async function readForm(
  source: AsyncIterable<Uint8Array>,
  border: string,
  onFile: (file: { field: string; name: string; stream: Readable }) => Promise<void>,
  most: number = MOST.parts,
): Promise<Map<string, string>> {
  const parts = new Parts(source, Buffer.from(`\r\n--${border}`))
  const fields = new Map<string, string>()
  // What stands before the first border is nobody's.
  for await (const _ of parts.untilBorder(MOST.head));
  for (let n = 0; await parts.another(); n += 1) {
    if (n >= most) throw new BadForm("too many parts")
    const { field, name } = readHead(await parts.head())
    if (name === null) {
      const pieces: Buffer[] = []
      for await (const piece of parts.untilBorder(MOST.field)) pieces.push(piece)
      if (!fields.has(field)) fields.set(field, Buffer.concat(pieces).toString("utf8"))
      continue
    }
    const stream = Readable.from(parts.untilBorder(), { objectMode: false })
    await onFile({ field, name, stream })
    if (!parts.atBorder) throw new BadForm("a file was not read to its end")
  }
  return fields
}

function readHead(head: string): { field: string; name: string | null } {
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1]
  if (disposition === undefined) throw new BadForm("a part without a name")
  const value = (key: string): string | null => {
    const found = new RegExp(`(?:^|;)\\s*${key}="((?:[^"\\\\]|\\\\.)*)"`, "i").exec(disposition)?.[1]
    // As browsers write it: these three, and nothing else, are escaped.
    return found === undefined ? null : found.replace(/%(22|0D|0A)/gi, (sign) => decodeURIComponent(sign))
  }
  const field = value("name")
  if (field === null) throw new BadForm("a part without a name")
  return { field, name: value("filename") }
}

/** Walks a body from border to border, holding no more than a piece of it. */
class Parts {
  private held: Buffer = Buffer.from("\r\n")
  private readonly source: AsyncIterator<Uint8Array>
  /** Whether the last part was read up to its border. */
  atBorder = false

  constructor(
    source: AsyncIterable<Uint8Array>,
    private readonly border: Buffer,
  ) {
    this.source = source[Symbol.asyncIterator]()
  }

  private async more(): Promise<void> {
    const next = await this.source.next()
    if (next.done) throw new BadForm("the body is cut off")
    const piece = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength)
    this.held = this.held.length === 0 ? piece : Buffer.concat([this.held, piece])
  }

  private async exactly(count: number): Promise<Buffer> {
    while (this.held.length < count) await this.more()
    const taken = this.held.subarray(0, count)
    this.held = this.held.subarray(count)
    return taken
  }

  /** Behind a border: whether another part begins; false: that was the last. */
  async another(): Promise<boolean> {
    const sign = (await this.exactly(2)).toString("latin1")
    if (sign === "--") return false
    if (sign !== "\r\n") throw new BadForm("a border that is none")
    return true
  }

  async head(): Promise<string> {
    for (;;) {
      const at = this.held.indexOf(END_OF_HEAD)
      if (at >= 0 && at <= MOST.head) return (await this.exactly(at + END_OF_HEAD.length)).toString("utf8")
      if (this.held.length > MOST.head) throw new BadForm("a head without end")
      await this.more()
    }
  }

  /** The bytes up to the next border, which is taken as well. */
  async *untilBorder(most = Number.POSITIVE_INFINITY): AsyncGenerator<Buffer> {
    this.atBorder = false
    let given = 0
    for (;;) {
      const at = this.held.indexOf(this.border)
      // The end of what is held may be the beginning of a border.
      const free = at >= 0 ? at : Math.max(0, this.held.length - this.border.length + 1)
      given += free
      if (given > most) throw new BadForm("a field is too long")
      const piece = this.held.subarray(0, free)
      this.held = this.held.subarray(at >= 0 ? at + this.border.length : free)
      if (at >= 0) this.atBorder = true
      if (piece.length > 0) yield piece
      if (at >= 0) return
      await this.more()
    }
  }
}
