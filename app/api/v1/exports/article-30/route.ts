import { Readable } from "node:stream"
import { cameFrom, problem, seeOther } from "@/app/outcome"
import { failed } from "@/app/failure"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { article30 } from "@/usecases/exports/article-30"
import { parseAsOf } from "@/usecases/register/as-of"

const TYPES = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
} as const

/** The records of Article 30 of one company as one file, as of an instant or a day's end (UTC). */
export async function GET(request: Request): Promise<Response> {
  try {
    const asked = new URL(request.url).searchParams
    const wanted = asked.get("as-of") ?? ""
    const asOf = parseAsOf(wanted)
    const taken =
      wanted !== "" && asOf === null
        ? refuse("invalid", "invalid.instant")
        : await article30(await requestScene(request), {
            ...{ entity: asked.get("entity") ?? "", asOf, form: asked.get("form") ?? "xlsx" },
          })
    if (!taken.ok) {
      // Whoever pressed the button on the page reads there what is wrong.
      if (!request.headers.get("accept")?.includes("text/html")) return problem(taken)
      const back = new URL(cameFrom(request, "/audit/exports"), "http://here")
      back.searchParams.set("refused", taken.says)
      return seeOther(`${back.pathname}${back.search}`)
    }
    const { name, bytes, sha256, form, stream } = taken.value
    if (request.method === "HEAD") stream.destroy()
    return new Response(request.method === "HEAD" ? null : (Readable.toWeb(stream) as ReadableStream), {
      headers: {
        "content-type": TYPES[form],
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
