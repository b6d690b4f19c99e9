import { uploadDoor } from "@/app/upload-door"
import { openImport } from "@/usecases/imports/open-import"
import { IMPORT_LIMIT } from "@/usecases/imports/read-file"

/** Takes a file as an import. A form sends `file` and `entityId`; a machine the bytes, with `x-entity-id`. */
export const POST = uploadDoor({
  act: "import.make",
  limit: IMPORT_LIMIT,
  call: (scene, { name, received, field }) => openImport(scene, { name, received, entityId: field("entityId") ?? "" }),
  to: ({ id }) => `/imports/${id}`,
  back: "/imports",
  answer: ({ id }) => ({ id }),
})
