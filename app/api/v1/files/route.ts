import { uploadDoor } from "@/app/upload-door"
import { discard, FILE_LIMITS, putFile } from "@/usecases/files/put-file"

/**
 * Takes a file; `legalAdvice` of a form, or `x-legal-advice: yes`, marks it as legal advice. Nothing larger than the limit
 * is kept, nor what is refused.
 */
export const POST = uploadDoor({
  act: "file.put",
  limit: FILE_LIMITS.paper,
  empty: "invalid.file-empty",
  call: async (scene, { name, received, field }) => {
    const kept = await putFile(scene, { name, use: "paper", received, legalAdvice: field("legalAdvice") === "yes" })
    if (!kept.ok) await discard(scene, received)
    return kept
  },
  to: (_file, from) => from,
  back: "/",
})
