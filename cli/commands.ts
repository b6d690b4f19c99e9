import { backup, restore } from "./backup"
import { announcements, duties, whoMayDecide } from "./duties"
import { putOne } from "./file"
import { files } from "./files"
import { importFile } from "./import"
import { log } from "./log"
import { clauses, coverage, exportTo, findings, promises } from "./oversight"
import { packs } from "./packs"
import { migrate, ready, setupLink, worker } from "./running"
import { sample } from "./sample"
import { signatures } from "./signatures"
import { stages } from "./stages"
import { trust } from "./trust"
import { user } from "./user"
import { whatIf } from "./what-if"

export type Options = {
  json?: boolean
  sample?: boolean
  "dry-run"?: boolean
  "legal-advice"?: boolean
  "as-of"?: string
  on?: string
  out?: string
  name?: string
  role?: string[]
  entity?: string
  kind?: string[]
  order?: string
  record?: string
  limit?: string
  title?: string
  unproven?: boolean
  due?: boolean
  trust?: string
  since?: string
  checkpoint?: string
  key?: string
  at?: string
}

/** What a command is given: the words behind its name, its options, and whether it answers as JSON. */
export type Call = { words: string[]; options: Options; json: boolean }
/** Gives the exit code where it is not 0: it did what was asked, and something is wrong all the same. */
export type Command = (call: Call) => Promise<void | number>

/** Every command there is. */
export const COMMANDS: Record<string, Command> = {
  user,
  backup,
  restore,
  log,
  clauses,
  packs,
  findings,
  coverage,
  promises,
  stages,
  trust,
  duties,
  announcements,
  "who-may-decide": whoMayDecide,
  export: exportTo,
  import: importFile,
  file: putOne,
  files,
  signatures,
  sample,
  migrate,
  ready,
  "setup-link": setupLink,
  worker,
  "what-if": whatIf,
}
