import { randomBytes } from "node:crypto"
import { rm } from "node:fs/promises"
import { join } from "node:path"
import { dropDatabase, ensureDatabase, migrateDatabase } from "@/usecases/running/migrate"
import { loadSample } from "@/usecases/sample/load-sample"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"
import { commandScene, findPlace } from "./wiring"

/** `sample [load|remove]`: tells the sample company's story into its own database, or takes it away in one act. */
export async function sample(call: Call): Promise<void> {
  const [what = "load"] = call.words
  if (what !== "load" && what !== "remove") throw new Refused("Say sample load or sample remove.")
  const place = findPlace("sample", true)
  try {
    if (!place.serverUrl) throw new Refused("The sample company lives in the embedded database only.")
    if (what === "remove") {
      await dropDatabase(place.serverUrl, "onward_sample")
      await rm(place.files, { recursive: true, force: true })
    }
    await ensureDatabase(place.serverUrl, "onward_sample")
    const folder = join(process.cwd(), "db", "migrations")
    await migrateDatabase(place.ownerUrl, {
      folder,
      register: "sample",
      origin: `onward/${randomBytes(10).toString("hex")}`,
    })
    if (what === "remove") return print(call.json, { removed: true }, "The sample company is gone.")
    const { scene, close } = await commandScene(place)
    try {
      const told = must(await loadSample(scene))
      print(
        call.json,
        told,
        `The sample company is there: ${told.parties} parties, ${told.sharings} sharings, ${told.requests} requests.`,
      )
    } finally {
      await close()
    }
  } finally {
    place.leave()
  }
}
