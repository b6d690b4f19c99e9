import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { fileOfLooks } from "@/usecases/audit/list-looks"

/** `GET /api/v1/looks?person=ID`: what a supervisor looked at, once the seal is open; the same bytes for both sides. */
export async function GET(request: Request): Promise<Response> {
  const scene = await requestScene(request)
  const personId = new URL(request.url).searchParams.get("person") ?? ""
  const outcome = await fileOfLooks(scene, { personId })
  if (!outcome.ok) return problem(outcome)
  return new Response(outcome.value.lines, {
    headers: {
      "content-type": "application/jsonl; charset=utf-8",
      "content-disposition": 'attachment; filename="looks.jsonl"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}
