import { randomBytes } from "node:crypto"
import { stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import { makeBackup } from "@/usecases/backup/make-backup"
import { isOtherKey } from "@/domain/audit/key-history"
import { followErasures } from "@/usecases/audit/follow-erasures"
import { keyHistory } from "@/usecases/log/keys"
import { restoreBackup } from "@/usecases/backup/restore-backup"
import { ensureDatabase, migrateDatabase } from "@/usecases/running/migrate"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"
import { clockNow, OPERATOR } from "@/usecases/scene"
import { commandScene, erasedListOf, findPlace, signerOf } from "./wiring"

/** `backup FILE`: database in one snapshot and the files, one archive; the keys stay apart. */
export async function backup({ words, options, json }: Call): Promise<void> {
  const [file] = words
  if (!file) throw new Refused("Name the file to write: backup FILE.")
  const place = findPlace(options.sample ? "sample" : "main")
  const { scene, close } = await commandScene(place)
  try {
    const made = must(await makeBackup(scene, resolve(file)))
    print(
      json,
      made,
      `Backed up ${made.size} log entries and ${made.files} files to ${made.file}; log root ${made.root}.`,
    )
  } finally {
    await close()
    place.leave()
  }
}

/** `restore FILE`: into an empty register only, all or nothing, held against the log's root. */
export async function restore({ words, options, json }: Call): Promise<void> {
  const [file] = words
  if (!file) throw new Refused("Name the backup to restore: restore FILE.")
  if (!(await stat(resolve(file)).catch(() => null))?.isFile()) throw new Refused(`There is no file ${resolve(file)}.`)
  const register = options.sample ? "sample" : "main"
  const place = findPlace(register, true)
  try {
    if (place.serverUrl) await ensureDatabase(place.serverUrl, register === "sample" ? "onward_sample" : "onward")
    await migrateDatabase(place.ownerUrl, {
      folder: join(process.cwd(), "db", "migrations"),
      register,
      // Takes the archive's place only if that cannot be restored: then this is a register of its own.
      origin: `onward/${randomBytes(10).toString("hex")}`,
    })
    const { scene, close } = await commandScene(place)
    try {
      const done = must(await restoreBackup(place.ownerUrl, scene.files, resolve(file)))
      // What was signed before lies beside the key; signing goes on only once somebody took it away knowingly.
      const signer = await signerOf(scene.db, place.keys).catch(() => null)
      const signed = signer?.last() ?? null
      const held = [signer?.verifier.id ?? "", signer?.next?.verifier.id ?? ""]
      const otherKey = signer !== null && isOtherKey(await keyHistory(scene.db), held)
      // The backup may be older than an erasure: what was erased since does not come back with it.
      const list = await erasedListOf(scene.db, place.keys)
      const { again } = list ? await followErasures({ ...scene, actor: OPERATOR, now: clockNow() }, list) : { again: 0 }
      const said = [
        `Restored ${done.size} log entries and ${done.files} files; the log gives the root ${done.root}.`,
        ...(again > 0
          ? [`Values that were erased since the backup and came back with it: ${again}, erased again.`]
          : []),
        ...(signed !== null
          ? ["This log was signed here before: move keys/log-head-*.note away, or it is not signed."]
          : []),
        ...(otherKey
          ? [
              "The key that signs here is none of this log's: put its own back (keys/log.key, or ONWARD_LOG_KEY); " +
                "where that is lost, npm run onward -- log key lost. Until then the log is not signed.",
            ]
          : []),
      ]
      print(json, { ...done, signedBefore: signed !== null, erasedAgain: again, otherKey }, said.join("\n"))
    } finally {
      await close()
    }
  } finally {
    place.leave()
  }
}
