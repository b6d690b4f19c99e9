import { Readable } from "node:stream"
import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { rangeOf } from "@/domain/core/range"
import { takesOut } from "@/usecases/exports/mainland"
import { openFile, readFile } from "@/usecases/files/read-file"

/** A file as an attachment, in a sandbox, so that nothing in it runs (RFC 6266); a part of it where one is asked for. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const scene = await requestScene(request)
  const stays = await takesOut(scene)
  if (stays) return problem(stays)
  const outcome = await readFile(scene, { id: (await context.params).id })
  if (!outcome.ok) return problem(outcome)
  const { sha256, name, sizeBytes } = outcome.value
  const range = asked(request, { sizeBytes, tag: tagOf(sha256) })
  if (range === "outside")
    return new Response(null, {
      status: 416,
      headers: {
        "content-range": `bytes */${sizeBytes}`,
        "accept-ranges": "bytes",
        "cache-control": "private, no-store",
      },
    })
  // Who asks for the head alone reads no body, and what was opened for it nobody would close.
  const opened =
    request.method === "HEAD" ? { ok: true as const, value: null } : await openFile(scene, sha256, range ?? undefined)
  if (!opened.ok) return problem(opened)
  if (!opened.value && request.method !== "HEAD") return problem(refuse("not-found", "not-found"))
  const ascii = name.replace(/[^\x20-\x7e]|["\\]/g, "_")
  // RFC 8187: these four stand for themselves in an address, and not here.
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return new Response(opened.value && (Readable.toWeb(opened.value) as ReadableStream), {
    status: range ? 206 : 200,
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(range ? range.to - range.from + 1 : sizeBytes),
      ...(range ? { "content-range": `bytes ${range.from}-${range.to}/${sizeBytes}` } : {}),
      "accept-ranges": "bytes",
      etag: tagOf(sha256),
      "content-disposition": `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  })
}

/** The bytes are their hash: two parts under one tag are of one body. */
const tagOf = (sha256: string): string => `"${sha256}"`

/**
 * Which part is asked for (RFC 9110, 13.1.5 and 14.2): a range is one of a GET alone, and one that is for whoever holds another
 * body (`If-Range`) is for nobody here.
 */
function asked(request: Request, of: { sizeBytes: number; tag: string }): ReturnType<typeof rangeOf> {
  const holds = request.headers.get("if-range")
  if (request.method !== "GET" || (holds !== null && holds.trim() !== of.tag)) return null
  return rangeOf(request.headers.get("range"), of.sizeBytes)
}
