import { readFile } from "node:fs/promises"
import { say } from "@/components/words/catalogue"
import { checkPackFile } from "@/usecases/packs/pack-file"
import type { Call } from "./commands"
import { inPlace } from "./oversight"
import { must, print, Refused } from "./say"

/**
 * `packs check FILE`: `{pack, version, clauses, faults: [{line, path, message}]}`. Says whether the file could be taken as
 * a version of a pack beside what is in force. Nothing is written; with a fault the command fails.
 */
export async function packs(call: Call): Promise<void> {
  const [what, file] = call.words
  if (what !== "check" || !file) throw new Refused("Say what to look at: packs check FILE.")
  const text = await readFile(file, "utf8")
  await inPlace(call, async (scene) => {
    const found = must(await checkPackFile(scene, { text }))
    const faults = found.faults.map(({ line, path, says, params }) => ({ line, path, message: say(says, params) }))
    const lines = faults.map((one) => `line ${one.line}, ${one.path}: ${one.message}`)
    const { pack, version, clauses } = found
    if (call.json || faults.length === 0)
      print(call.json, { pack, version, clauses, faults }, `${pack} ${version}: ${clauses} clauses, no fault.`)
    if (faults.length) throw new Refused(["The file cannot be taken as it is.", ...lines].join("\n"))
  })
}
