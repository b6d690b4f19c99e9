import { json, problem } from "@/app/outcome"
import { failed } from "@/app/failure"
import { requestScene } from "@/app/scene"
import { readExport } from "@/usecases/exports/ordered"

/** How far a package of one's own is; once it is made, the address of its bytes. */
export async function GET(request: Request, context: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const { id } = await context.params
    const found = await readExport(await requestScene(request), { id })
    if (!found.ok) return problem(found)
    return json({ ...found.value, file: found.value.state === "done" ? `/api/v1/exports/${id}/file` : null })
  } catch (broken) {
    return failed(broken, request)
  }
}
