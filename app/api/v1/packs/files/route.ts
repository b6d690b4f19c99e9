import { text } from "node:stream/consumers"
import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { uploadDoor } from "@/app/upload-door"
import { downloadPack, uploadPack } from "@/usecases/packs/pack-file"
import { discard } from "@/usecases/files/put-file"
import { keep } from "@/usecases/people/kept"

const LIMIT = 900_000

/** `GET /api/v1/packs/files`: the text that counts (`pack`, or `record` of ours) as a file for its next version. */
export async function GET(request: Request): Promise<Response> {
  const words = new URL(request.url).searchParams
  const outcome = await downloadPack(await requestScene(request), {
    pack: words.get("pack") ?? "statement",
    recordId: words.get("record") || null,
  })
  if (!outcome.ok) return problem(outcome)
  return new Response(outcome.value.text, {
    headers: {
      "content-type": "application/json",
      "content-disposition": `attachment; filename="${outcome.value.name}"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  })
}

/** Takes a file as a version of a pack, whole or not at all. A form sends `file` and `title`; a machine the bytes. */
export const POST = uploadDoor({
  act: "pack.propose",
  limit: LIMIT,
  call: async (scene, { received, field }) => {
    try {
      return await uploadPack(scene, { text: await text(scene.files.staged(received)), title: field("title") ?? "" })
    } finally {
      // What counts is the record that it becomes, not the file.
      await discard(scene, received)
    }
  },
  to: ({ id, recordId }) => `/requests/${id}/records/${recordId}`,
  back: "/promises/own",
  // Its faults, each with its line, are more than an address holds.
  refused: (scene, path, refusal) => keep(scene, `${path}#file`, { refusal }),
})
