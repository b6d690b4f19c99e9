import { refuse, type Outcome } from "@/domain/core/outcome"

/** A body of more bytes is none of ours. */
export const TOO_LARGE = 1024 * 1024

export type Fields = Record<string, string | string[]>

/** What was sent: the fields of a form, or a value. */
export type Sent = { form: Fields | null; value: unknown }

/** Whether the sender wants a page back: a form of ours, not a machine. */
export function isForm(request: Request): boolean {
  const type = request.headers.get("content-type") ?? ""
  return type.startsWith("application/x-www-form-urlencoded") || type.startsWith("multipart/form-data")
}

/** The body of a request, of one megabyte at most: counted while it is read, for a sender may leave its length out. */
export async function bodyOf(request: Request): Promise<Outcome<Sent>> {
  try {
    const bytes = await bounded(request)
    if (!bytes) return refuse("invalid", "invalid.body")
    const type = request.headers.get("content-type") ?? ""
    if (isForm(request)) {
      const form = fieldsOf(await new Response(bytes, { headers: { "content-type": type } }).formData())
      return { ok: true, value: { form, value: form } }
    }
    if (bytes.length === 0) return { ok: true, value: { form: null, value: {} } }
    if (!type.startsWith("application/json")) return refuse("invalid", "invalid.body")
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
    return { ok: true, value: { form: null, value } }
  } catch {
    return refuse("invalid", "invalid.body")
  }
}

async function bounded(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  if (Number(request.headers.get("content-length") ?? "0") > TOO_LARGE) return null
  const parts: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > TOO_LARGE) {
      // Not waited for: of a body that is read twice, the other reader would have to cancel as well.
      void reader.cancel().catch(() => undefined)
      return null
    }
    parts.push(value)
  }
  const all = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

function fieldsOf(sent: FormData): Fields {
  // Without a prototype: a field may be called what an object has of itself.
  const form: Fields = Object.create(null) as Fields
  for (const [name, item] of sent) {
    if (typeof item !== "string" || name === "__proto__") continue
    const had = form[name]
    form[name] = had === undefined ? item : Array.isArray(had) ? [...had, item] : [had, item]
  }
  return form
}
