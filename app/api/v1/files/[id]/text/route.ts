import { json, problem } from "@/app/outcome"
import { failed } from "@/app/failure"
import { requestScene } from "@/app/scene"
import { findIn } from "@/domain/clauses/find"
import { takesOut } from "@/usecases/exports/mainland"
import { paperText } from "@/usecases/papers/paper-text"

/** The text layer of a file, page by page; with `q`, where those words stand in it instead. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const scene = await requestScene(request)
    const stays = await takesOut(scene)
    if (stays) return problem(stays)
    const found = await paperText(scene, { fileId: (await context.params).id })
    if (!found.ok) return problem(found)
    const { state, count, pages } = found.value
    const asked = new URL(request.url).searchParams.get("q")
    return json(asked === null ? { state, count, pages } : { state, count, places: findIn(pages, asked.slice(0, 300)) })
  } catch (broken) {
    return failed(broken, request)
  }
}
