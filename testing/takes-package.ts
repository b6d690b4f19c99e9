import { readFileSync, unlinkSync } from "node:fs"
import { closeDb, openDb } from "@/db/connect"
import { exported } from "./log-key"
import { actorById, sceneFor } from "./people"

/** What a process that takes a package is told, and what it says: the hash, and in which zone and language it really ran. */
export type Takes = { url: string; personId: string; order: object }
export type Took = { sha256: string; zone: string; locale: string; number: string }

// A process of its own, for zone and language of a process are settled when it begins.
const { url, personId, order } = JSON.parse(readFileSync(0, "utf8")) as Takes
const db = openDb(url, { name: "onward-takes", max: 2 })
const made = await exported(sceneFor(db, await actorById(db, personId)), order)
if (!made.ok) throw new Error(made.says)
unlinkSync(made.value.path)
const { timeZone, locale } = Intl.DateTimeFormat().resolvedOptions()
const took: Took = { sha256: made.value.sha256, zone: timeZone, locale, number: (1234.5).toLocaleString() }
process.stdout.write(`${JSON.stringify(took)}\n`)
await closeDb(db)
