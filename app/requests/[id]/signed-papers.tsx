import { PaperSignatures } from "@/app/paper-signatures"
import { clausesAddress } from "@/components/papers/address"
import type { Agreement } from "@/domain/records/agreement"
import type { RequestPage } from "@/usecases/requests/read-request"
import type { Scene } from "@/usecases/scene"

/** Who signed the papers that a request proposes: to be seen before anybody decides. */
export function SignedPapers({ scene, page, editing }: { scene: Scene; page: RequestPage; editing: boolean }) {
  const paperOf = new Map(
    page.proposals.flatMap(({ kind, op, body, recordId }) =>
      kind === "agreement" && op !== "end"
        ? (body as Agreement).files.map((file): [string, string] => [file.fileId, recordId])
        : [],
    ),
  )
  const toPage = (fileId: string, n: number): string | null =>
    editing ? clausesAddress(page.request.id, paperOf.get(fileId), { fileId, page: n }) : null
  return <PaperSignatures scene={scene} fileIds={[...paperOf.keys()]} asOf={null} toPage={toPage} />
}
