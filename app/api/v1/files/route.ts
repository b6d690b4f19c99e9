import { uploadDoor } from "@/app/upload-door"
import { discard, FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"

/**
 * Takes a file; `legalAdvice` of a form, or `x-legal-advice: yes`, marks it as legal advice. Nothing larger than the limit
 * is kept, nor what is refused.
 */
export const POST = uploadDoor({
  act: "file.put",
  limit: FILE_LIMITS.paper,
  empty: "invalid.file-empty",
  call: async (scene, { name, stream, field }) => {
    const received = await receive(scene, stream, FILE_LIMITS.paper)
    if (!received.ok) return received
    const kept = await putFile(scene, {
      ...{ name, use: "paper", received: received.value },
      legalAdvice: field("legalAdvice") === "yes",
    })
    if (!kept.ok) await discard(received.value)
    return kept
  },
  to: (_file, from) => from,
  back: "/",
})
