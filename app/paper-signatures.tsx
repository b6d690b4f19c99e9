import { FileOf } from "@/components/signatures/file-signatures"
import { LookBack } from "@/components/signatures/look-back"
import { say } from "@/components/words/catalogue"
import type { Instant } from "@/domain/core/instant"
import { readSignatures } from "@/usecases/signatures/read-signatures"
import type { Scene } from "@/usecases/scene"
import { rolesOf } from "./page-frame"

/** More files of a paper are not shown at once. */
const MOST = 50

/**
 * The section "Signatures" of a paper: who signed each of its files, when, whether it holds and what was added since. Of files
 * that this reader may not read nothing stands here.
 */
export async function PaperSignatures({
  scene,
  fileIds,
  asOf,
  toPage,
}: {
  scene: Scene
  fileIds: readonly string[]
  /** What was known at the instant; null: now. */
  asOf: Instant | null
  /** The way to a page of a file, for this reader; null: there is none. */
  toPage: (fileId: string, page: number) => string | null
}) {
  if (fileIds.length === 0) return null
  const found = await readSignatures(scene, { fileIds: [...new Set(fileIds)].slice(0, MOST), asOf })
  if (!found.ok || found.value.length === 0) return null
  const files = found.value
  const asks = asOf === null && rolesOf(scene).some((role) => ["procurement", "legal", "dpo"].includes(role))
  const waits = files.some((one) => one.state === "waits" || one.state === "looking" || one.again)
  return (
    <section className="card stack" aria-label={say("signed.title")} id="signatures">
      <h2>{say("signed.title")}</h2>
      {files.map((file) => (
        <FileOf key={file.fileId} file={file} asks={asks} toPage={(page) => toPage(file.fileId, page)} />
      ))}
      {waits && asOf === null ? <LookBack /> : null}
    </section>
  )
}
