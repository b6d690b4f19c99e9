import { Readable } from "node:stream"
import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { readFile } from "@/usecases/files/read-file"

/** A file as an attachment, in a sandbox, so that nothing in it runs (RFC 6266). */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  const scene = await requestScene(request)
  const outcome = await readFile(scene, { id: (await context.params).id })
  if (!outcome.ok) return problem(outcome)
  const stream = await scene.files.read(outcome.value.sha256)
  if (!stream) return problem(refuse("not-found", "not-found"))
  const ascii = outcome.value.name.replace(/[^\x20-\x7e]|["\\]/g, "_")
  // RFC 8187: these four stand for themselves in an address, and not here.
  const whole = encodeURIComponent(outcome.value.name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return new Response(Readable.toWeb(stream as Readable) as ReadableStream, {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(outcome.value.sizeBytes),
      "content-disposition": `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`,
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  })
}
