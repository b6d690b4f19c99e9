import { uploadDoor } from "@/app/upload-door"
import { receive } from "@/usecases/files/put-file"
import { openImport } from "@/usecases/imports/open-import"
import { IMPORT_LIMIT } from "@/usecases/imports/read-file"

/** Takes a file as an import. A form sends `file` and `entityId`; a machine the bytes, with `x-entity-id`. */
export const POST = uploadDoor({
  act: "import.make",
  limit: IMPORT_LIMIT,
  call: async (scene, { name, stream, field }) => {
    const received = await receive(scene, stream, IMPORT_LIMIT)
    return received.ok
      ? openImport(scene, { name, received: received.value, entityId: field("entityId") ?? "" })
      : received
  },
  to: ({ id }) => `/imports/${id}`,
  back: "/imports",
  answer: ({ id }) => ({ id }),
})
