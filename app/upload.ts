import { Readable } from "node:stream"
import { refuse, type Outcome } from "@/domain/core/outcome"
import { BadForm, borderOf, readForm } from "./multipart"

/** What came with a file: its name, what was made of its bytes (null: there was none), and the form's other fields. */
export type Upload<R> = { name: string; received: R | null; field: (name: string) => string | null }

/** What a multipart body holds beside its file: borders, names, a few words. */
const AROUND = 10_000

/**
 * Takes in what was sent as a file, of at most `limit` bytes, while it comes: `take` is given its stream and counts it
 * itself, for a sender may leave its length out. A form sends it as `file` of a multipart body, its other fields before or
 * behind it; a machine sends the bytes alone, with its name in `x-file-name`. `drop`: what was taken is not to be kept.
 */
export async function uploadOf<R>(
  request: Request,
  limit: number,
  way: { take: (stream: Readable) => Promise<Outcome<R>>; drop: (taken: R) => Promise<void> },
): Promise<Outcome<Upload<R>>> {
  if (Number(request.headers.get("content-length") ?? "0") > limit + AROUND)
    return refuse("invalid", "invalid.file-too-large", {
      params: { limit: Math.round((limit / 1024 / 1024) * 10) / 10 },
    })
  const body = request.body ? Readable.fromWeb(request.body as never) : null
  const type = request.headers.get("content-type") ?? ""
  return type.startsWith("multipart/form-data")
    ? ofForm(body, borderOf(type), way)
    : ofMachine(request.headers, body, way.take)
}

async function ofForm<R>(
  body: Readable | null,
  border: string | null,
  way: { take: (stream: Readable) => Promise<Outcome<R>>; drop: (taken: R) => Promise<void> },
): Promise<Outcome<Upload<R>>> {
  if (!body || border === null) return refuse("invalid", "invalid.body")
  let file: { name: string; taken: R } | null = null
  try {
    const fields = await readForm(body, border, async ({ field, name, stream }) => {
      // A field that nothing was chosen in is sent without a name.
      if (field !== "file" || name === "" || file) return void (await emptied(stream))
      const taken = await way.take(stream)
      if (!taken.ok) throw new Refused(taken)
      file = { name, taken: taken.value }
    })
    const { name, taken } = file ?? { name: "", taken: null }
    return { ok: true, value: { name, received: taken, field: (one) => fields.get(one) ?? null } }
  } catch (problem) {
    if (file) await way.drop((file as { taken: R }).taken)
    if (problem instanceof Refused) return problem.refusal
    if (problem instanceof BadForm || isCut(problem)) return refuse("invalid", "invalid.body")
    throw problem
  }
}

/** Reads what is not wanted to its end; more than a little of it is no form of ours. */
async function emptied(stream: Readable): Promise<void> {
  let n = 0
  for await (const piece of stream as AsyncIterable<Buffer>) {
    n += piece.length
    if (n > AROUND) throw new BadForm("a file that nobody asked for")
  }
}

async function ofMachine<R>(
  headers: Headers,
  body: Readable | null,
  take: (stream: Readable) => Promise<Outcome<R>>,
): Promise<Outcome<Upload<R>>> {
  const field = (name: string): string | null => headers.get(`x-${name.replace(/[A-Z]/g, (sign) => `-${sign}`)}`)
  let name: string
  try {
    name = decodeURIComponent(headers.get("x-file-name") ?? "")
  } catch {
    return refuse("invalid", "invalid.body")
  }
  if (!body) return { ok: true, value: { name, received: null, field } }
  try {
    const taken = await take(body)
    return taken.ok ? { ok: true, value: { name, received: taken.value, field } } : taken
  } catch (problem) {
    if (isCut(problem)) return refuse("invalid", "invalid.body")
    throw problem
  }
}

class Refused extends Error {
  constructor(readonly refusal: Extract<Outcome<never>, { ok: false }>) {
    super(refusal.says)
  }
}

/** Whether the sender went away in the middle: nobody is left to be told, and nothing of ours broke. */
export function isCut(problem: unknown): boolean {
  const { code, name } = (problem ?? {}) as { code?: unknown; name?: unknown }
  return (
    ["ECONNRESET", "ERR_STREAM_PREMATURE_CLOSE", "ABORT_ERR", "UND_ERR_ABORTED"].includes(String(code)) ||
    name === "AbortError"
  )
}
