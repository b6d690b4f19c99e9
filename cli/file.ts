import { createReadStream } from "node:fs"
import { stat } from "node:fs/promises"
import { basename, resolve } from "node:path"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { discard, FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"
import { commandScene, findPlace } from "./wiring"

/** `file FILE [--legal-advice]`: keeps a file for a paper, with a person's token: `{id, sha256, name, type, sizeBytes}`. */
export async function putOne(call: Call): Promise<void> {
  const [word] = call.words
  if (!word) throw new Refused("Name the file to keep: file FILE.")
  const path = resolve(word)
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new Refused(`There is no file ${path}.`)
  const place = findPlace(call.options.sample ? "sample" : "main")
  try {
    const { scene, close } = await commandScene(place)
    try {
      if (!scene.actor) throw new Refused(say("not-allowed.sign-in"))
      must(mayAct("file.put", scene.actor))
      const received = must(await receive(scene, createReadStream(path), FILE_LIMITS.paper))
      const legalAdvice = call.options["legal-advice"] ?? false
      const kept = await putFile(scene, { name: basename(path), use: "paper", received, legalAdvice })
      if (!kept.ok) await discard(scene, received)
      const file = must(kept)
      print(call.json, file, `${file.name} is kept as ${file.id}.`)
    } finally {
      await close()
    }
  } finally {
    place.leave()
  }
}
