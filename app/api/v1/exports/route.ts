import { signerFrom } from "@/adapters/log-key/signer"
import { logHead } from "@/db/statements/log"
import type { Instant } from "@/domain/core/instant"
import { createReadStream } from "node:fs"
import { unlink } from "node:fs/promises"
import { Readable } from "node:stream"
import { cameFrom, fromOurselves, problem, seeOther } from "@/app/outcome"
import { bodyOf, isForm } from "@/app/body"
import { failed } from "@/app/failure"
import { requestScene } from "@/app/scene"
import { refuse } from "@/domain/core/outcome"
import { parseAsOf } from "@/usecases/register/as-of"
import { exportRegister } from "@/usecases/exports/export-register"

/** Signs in this process, where the key is named to it. */
async function exported(scene: Awaited<ReturnType<typeof requestScene>>, asOf: Instant | null) {
  const signer = signerFrom(process.env, (await logHead(scene.db)).origin)
  return signer ? exportRegister(scene, signer, { asOf }) : refuse("conflict", "log.not-signed-yet")
}

/** Makes the package as of an instant (or a day's end, UTC) and answers with its bytes. */
async function make(request: Request): Promise<Response> {
  try {
    if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
    const scene = await requestScene(request)
    const body = await bodyOf(request)
    if (!body.ok) return problem(body)
    const sent = (body.value.value ?? {}) as { asOf?: unknown }
    const wanted = typeof sent.asOf === "string" ? sent.asOf : ""
    const asOf = parseAsOf(wanted)
    const outcome = wanted !== "" && asOf === null ? refuse("invalid", "invalid.instant") : await exported(scene, asOf)
    if (!outcome.ok) {
      if (!isForm(request)) return problem(outcome)
      const back = new URL(cameFrom(request, "/audit/exports"), "http://here")
      back.searchParams.set("refused", outcome.says)
      return seeOther(`${back.pathname}${back.search}`)
    }
    const { path, sha256, bytes, asOf: at } = outcome.value
    const file = createReadStream(path)
    file.once("close", () => void unlink(path).catch(() => undefined))
    return new Response(Readable.toWeb(file) as ReadableStream, {
      headers: {
        "content-type": "application/zip",
        "content-length": String(bytes),
        "content-disposition": `attachment; filename="onward-${at.slice(0, 19).replace(/:/g, "")}Z.zip"`,
        "cache-control": "private, no-store",
        "x-content-type-options": "nosniff",
        "x-onward-sha256": sha256,
      },
    })
  } catch (broken) {
    return failed(broken, request)
  }
}

export const POST = Object.assign(make, { actName: "export.make" as const })
