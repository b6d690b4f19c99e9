import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { migrateDatabase, ensureDatabase } from "@/usecases/running/migrate"
import { makeSetupLink } from "@/usecases/people/accounts"
import { work } from "@/usecases/running/work"
import type { Call } from "./commands"
import { must, print } from "./say"
import { commandScene, findPlace } from "./wiring"

/** Brings main and sample register to the newest migration. Called by start; safe to call again. */
export async function migrate({ json, options }: Call): Promise<void> {
  for (const register of options.sample ? (["sample"] as const) : (["main", "sample"] as const)) {
    const place = findPlace(register, true)
    try {
      if (place.serverUrl) await ensureDatabase(place.serverUrl, register === "sample" ? "onward_sample" : "onward")
      await migrateDatabase(place.ownerUrl, {
        folder: join(process.cwd(), "db", "migrations"),
        register,
        origin: `onward/${randomBytes(10).toString("hex")}`,
      })
    } finally {
      place.leave()
    }
  }
  print(json, { migrated: true }, "The databases are up to date.")
}

/** Prints the path of a fresh set-up link while no account exists, else nothing. */
export async function setupLink({ json }: Call): Promise<void> {
  const place = findPlace("main")
  const { scene, close } = await commandScene(place)
  try {
    const { path } = must(await makeSetupLink(scene, {}))
    print(json, { path }, path ?? "")
  } finally {
    await close()
    place.leave()
  }
}

/** The worker: jobs of both registers, one after another, until it is told to stop. */
export async function worker(): Promise<void> {
  const places = [findPlace("main"), findPlace("sample")]
  const opened = await Promise.all(places.map(commandScene))
  const stopping = new AbortController()
  // Whoever started us is gone: so are we. The line itself keeps nobody alive.
  process.once("disconnect", () => stopping.abort())
  process.channel?.unref()
  if (process.connected === false) stopping.abort()
  process.once("SIGTERM", () => stopping.abort())
  process.once("SIGINT", () => stopping.abort())
  try {
    await work(
      opened.map(({ scene }) => scene),
      stopping.signal,
    )
  } finally {
    for (const { close } of opened) await close()
    for (const place of places) place.leave()
  }
}
