import { randomBytes } from "node:crypto"
import { join } from "node:path"
import { migrateDatabase, ensureDatabase } from "@/usecases/running/migrate"
import { makeSetupLink } from "@/usecases/people/accounts"
import { readiness, type Readiness } from "@/usecases/running/ready"
import { work } from "@/usecases/running/work"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"
import { threadHelp } from "./what-if-help"
import { commandScene, erasedListOf, findPlace, mailPosting, signerOf, witnessWays } from "./wiring"

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

/** Whether both registers can be served; if one cannot, that is the one sentence. Called by start before anybody is served. */
export async function ready({ json }: Call): Promise<void> {
  const states: Partial<Record<"main" | "sample", Readiness>> = {}
  for (const register of ["main", "sample"] as const) {
    const place = findPlace(register)
    const { scene, close } = await commandScene(place)
    try {
      states[register] = await readiness(scene.db)
      const strange = states[register]?.ready ? await scene.files.strangeKey() : null
      if (strange)
        throw new Refused(
          `Files here are sealed with the key ${strange}, which is not known: name the same ONWARD_FILE_KEYS for every instance, or put keys/files.key back.`,
        )
    } finally {
      await close()
      place.leave()
    }
    const why = states[register]?.ready ? null : (states[register]?.why ?? "it does not answer")
    if (why)
      throw new Refused(
        `The ${register === "main" ? "register" : "sample company"} cannot be served: ${why}. ` +
          (register === "main"
            ? "Let its owner migrate or mend it, or restore a backup."
            : "Remove it: npm run onward -- sample remove."),
      )
  }
  print(json, states, "Both registers can be served.")
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
  const posting = mailPosting()
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
      {
        ...{ posting, help: threadHelp(), signer: ({ db }) => signerOf(db), erased: ({ db }) => erasedListOf(db) },
        ...witnessWays(),
      },
    )
  } finally {
    posting?.post.close()
    for (const { close } of opened) await close()
    for (const place of places) place.leave()
  }
}
