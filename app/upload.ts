import { Readable } from "node:stream"
import { refuse, type Outcome } from "@/domain/core/outcome"

export type Upload = { name: string; stream: Readable | null; field: (name: string) => string | null }

/** What a multipart body holds beside its file: borders, names, a few words. */
const AROUND = 10_000

/**
 * What was sent as a file, of at most `limit` bytes. A form sends it as `file` of a multipart body; a machine sends the
 * bytes alone, with its name in `x-file-name`. Counted while it is read, for a sender may leave its length out.
 */
export async function uploadOf(request: Request, limit: number): Promise<Outcome<Upload>> {
  const tooLarge = refuse("invalid", "invalid.file-too-large", {
    params: { limit: Math.round((limit / 1024 / 1024) * 10) / 10 },
  })
  if (Number(request.headers.get("content-length") ?? "0") > limit + AROUND) return tooLarge
  const type = request.headers.get("content-type") ?? ""
  if (!type.startsWith("multipart/form-data")) return fromMachine(request)
  const counted = { bytes: 0 }
  try {
    const body = request.body?.pipeThrough(counting(limit + AROUND, counted)) ?? null
    const data = await new Response(body, { headers: { "content-type": type } }).formData()
    const file = data.get("file")
    const field = (name: string): string | null => {
      const value = data.get(name)
      return typeof value === "string" ? value : null
    }
    if (!(file instanceof File)) return { ok: true, value: { name: "", stream: null, field } }
    const stream = file.size ? Readable.fromWeb(file.stream() as never) : null
    return { ok: true, value: { name: file.name, stream, field } }
  } catch {
    return counted.bytes > limit + AROUND ? tooLarge : refuse("invalid", "invalid.body")
  }
}

function fromMachine(request: Request): Outcome<Upload> {
  const field = (name: string): string | null =>
    request.headers.get(`x-${name.replace(/[A-Z]/g, (sign) => `-${sign}`)}`)
  try {
    const name = decodeURIComponent(request.headers.get("x-file-name") ?? "")
    const stream = request.body ? Readable.fromWeb(request.body as never) : null
    return { ok: true, value: { name, stream, field } }
  } catch {
    return refuse("invalid", "invalid.body")
  }
}

function counting(most: number, counted: { bytes: number }): TransformStream<Uint8Array, Uint8Array> {
  return new TransformStream({
    transform(chunk, controller) {
      counted.bytes += chunk.length
      if (counted.bytes > most) controller.error(new Error("too large"))
      else controller.enqueue(chunk)
    },
  })
}
