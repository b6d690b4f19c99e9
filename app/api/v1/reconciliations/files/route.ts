import { uploadDoor } from "@/app/upload-door"
import { IMPORT_LIMIT } from "@/usecases/imports/read-file"
import { openList } from "@/usecases/reconcile/reconciliations"

/** Takes a file as a list of suppliers; it is read by the worker. */
export const POST = uploadDoor({
  act: "import.make",
  limit: IMPORT_LIMIT,
  call: (scene, { name, received }) => openList(scene, { name, received }),
  to: ({ id }) => `/suppliers/lists/${id}`,
  back: "/suppliers",
  answer: ({ id }) => ({ id }),
})
