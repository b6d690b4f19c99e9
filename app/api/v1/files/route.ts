import { uploadDoor } from "@/app/upload-door"
import { good } from "@/domain/core/outcome"
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
    return kept.ok ? good({ kept: kept.value, part: field("part") ?? "" }) : kept
  },
  answer: ({ kept }) => kept,
  to: ({ kept, part }, from) => (/^[a-z0-9-]{1,40}$/.test(part) ? backToPart(from, part, kept.id) : from),
  back: "/",
})

/** The part of the page that a form named, which is told of the file by `sent`. */
function backToPart(from: string, part: string, id: string): string {
  const [path = "", words = ""] = from.split(/\?(.*)/s)
  const said = new URLSearchParams(words)
  said.set("sent", id)
  return `${path}?${said}#${part}`
}
