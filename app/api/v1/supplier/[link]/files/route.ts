import { failed } from "@/app/failure"
import { fromOurselves, json, problem, seeOther } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { received } from "@/app/upload-door"
import { LINK_LIMITS } from "@/domain/asked/links"
import { refuse, type Outcome } from "@/domain/core/outcome"
import { openSupplierPage, putSupplierFile } from "@/usecases/asked/supplier-side"
import { discard, type PutFile } from "@/usecases/files/put-file"

type P = { link: string }
const LIMIT = LINK_LIMITS.fileMegabytes * 1024 * 1024

async function taken(request: Request, link: string): Promise<Outcome<PutFile>> {
  const scene = await requestScene(request)
  const by = { link, address: request.headers.get("x-onward-caller") ?? "" }
  // No byte of the file is read for a link that is not there.
  const page = await openSupplierPage(scene, by)
  if (!page.ok) return page
  if (page.value.state === "sent") return refuse("conflict", "conflict.answers-sent")
  const sent = await received(scene, request, LIMIT)
  if (!sent.ok) return sent
  const file = sent.value.received
  if (!file) return refuse("invalid", "invalid.file-empty")
  const kept = await putSupplierFile(scene, { ...by, name: sent.value.name, received: file })
  if (!kept.ok) await discard(scene, file)
  return kept
}

async function put(request: Request, context: { params: Promise<P> }): Promise<Response> {
  try {
    if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
    const { link } = await context.params
    const outcome = await taken(request, link)
    const form = (request.headers.get("content-type") ?? "").startsWith("multipart/form-data")
    if (!form || (!outcome.ok && outcome.code === "not-found"))
      return outcome.ok ? json({ name: outcome.value.name }, 201) : problem(outcome)
    const back = `/supplier/${encodeURIComponent(link)}`
    if (outcome.ok) return seeOther(`${back}#files`)
    const limit = outcome.params?.limit ? `&p.limit=${outcome.params.limit}` : ""
    return seeOther(`${back}?refused=${outcome.says}${limit}#refused`)
  } catch (broken) {
    return failed(broken, request)
  }
}

/** Lays a file beside the answers of a party, by its link: of the kinds that papers have, and of a bounded size. */
export const POST = Object.assign(put, { actName: putSupplierFile.actName })
