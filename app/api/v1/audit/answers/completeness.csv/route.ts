import { completenessCsv, csvFile } from "@/app/answers-csv"
import { bodyOf } from "@/app/body"
import { failed } from "@/app/failure"
import { fromOurselves, problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { checkCompleteness } from "@/usecases/answers/check-completeness"
import { takesOut } from "@/usecases/exports/mainland"
import { parseAsOf } from "@/usecases/register/as-of"

async function asFile(request: Request): Promise<Response> {
  try {
    if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
    const scene = await requestScene(request)
    const body = await bodyOf(request)
    if (!body.ok) return problem(body)
    const sent = (body.value.value ?? {}) as Record<string, unknown>
    const asOf = typeof sent["as-of"] === "string" ? parseAsOf(sent["as-of"]) : null
    const stays = await takesOut(scene)
    if (stays) return problem(stays)
    const found = await checkCompleteness(scene, { list: sent.list ?? "", asOf })
    return found.ok ? csvFile(scene, "completeness", completenessCsv(found.value)) : problem(found)
  } catch (broken) {
    return failed(broken, request)
  }
}

/** `POST /api/v1/audit/answers/completeness.csv`: the same answer as a file; nothing is kept. */
export const POST = Object.assign(asFile, { actName: checkCompleteness.actName })
