import { Readable } from "node:stream"
import { problem } from "@/app/outcome"
import { failed } from "@/app/failure"
import { requestScene } from "@/app/scene"
import { takeExport } from "@/usecases/exports/ordered"

/** The bytes of a package, for whoever made it. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const { id } = await context.params
    const taken = await takeExport(await requestScene(request), { id })
    if (!taken.ok) return problem(taken)
    const { name, bytes, sha256, stream } = taken.value
    if (request.method === "HEAD") stream.destroy()
    return new Response(request.method === "HEAD" ? null : (Readable.toWeb(stream) as ReadableStream), {
      headers: {
        "content-type": "application/zip",
        "content-length": String(bytes),
        "content-disposition": `attachment; filename="${name}"`,
        "content-security-policy": "sandbox; default-src 'none'",
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        "x-onward-sha256": sha256,
      },
    })
  } catch (broken) {
    return failed(broken, request)
  }
}
