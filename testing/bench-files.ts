import { randomBytes } from "node:crypto"
import { Readable } from "node:stream"
import { known } from "@/domain/core/answer"
import type { Id } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import type { Scene } from "@/usecases/scene"
import { typedAgreement } from "./flow"
import { inForce, must, type Cast } from "./requests"

const IN_ONE = 10
const MEGABYTE = 1024 * 1024

/** Keeps so many files of a megabyte each, named by agreements with the party that are in force. */
export async function withFiles(scene: Scene, cast: Cast, partyId: string, count: number): Promise<void> {
  const between = { entityId: cast.entityId as Id<"entity">, partyId: partyId as Id<"party"> }
  for (let made = 0; made < count; made += IN_ONE) {
    const files: Agreement["files"] = []
    for (let n = made; n < Math.min(count, made + IN_ONE); n += 1) {
      const name = `paper-${n}.pdf`
      const bytes = Buffer.concat([Buffer.from("%PDF-1.7\n"), randomBytes(MEGABYTE)])
      const received = must(await receive(scene, Readable.from([bytes]), FILE_LIMITS.paper))
      const { id, sha256 } = must(await putFile(scene, { name, use: "paper", received, legalAdvice: false }))
      files.push({ fileId: id as Id<"file">, sha256, name, pages: known(1) })
    }
    const paper = { ...typedAgreement(between, []), kind: "confidentiality", knownHow: "stated", checklist: [], files }
    await inForce(scene.db, cast, `Papers ${made}`, [{ kind: "agreement", body: paper as Agreement }])
  }
}
