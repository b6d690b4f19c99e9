import { uploadDoor } from "@/app/upload-door"
import { receive } from "@/usecases/files/put-file"
import { IMPORT_LIMIT } from "@/usecases/imports/read-file"
import { openList } from "@/usecases/reconcile/reconciliations"

/** Takes a file as a list of suppliers; it is read by the worker. */
export const POST = uploadDoor({
  act: "import.make",
  limit: IMPORT_LIMIT,
  call: async (scene, { name, stream }) => {
    const received = await receive(scene, stream, IMPORT_LIMIT)
    return received.ok ? openList(scene, { name, received: received.value }) : received
  },
  to: ({ id }) => `/suppliers/lists/${id}`,
  back: "/suppliers",
  answer: ({ id }) => ({ id }),
})
