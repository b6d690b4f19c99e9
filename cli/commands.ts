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
  addressee?: string
  approval?: string
  reasons?: string
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
  hash?: boolean
  from?: string
  to?: string
  until?: string
}

/** What a command is given: the words behind its name, its options, and whether it answers as JSON. */
export type Call = { words: string[]; options: Options; json: boolean }
/** Gives the exit code where it is not 0: it did what was asked, and something is wrong all the same. */
export type Command = (call: Call) => Promise<void | number>

/** A command of a file that is read when it is asked for: a terminal waits for what it asked, not for all there is. */
function of<T extends string>(name: T, load: () => Promise<Record<T, Command>>): Command {
  return async (call) => (await load())[name](call)
}

/** Every command there is. */
export const COMMANDS: Record<string, Command> = {
  user: of("user", () => import("./user")),
  backup: of("backup", () => import("./backup")),
  restore: of("restore", () => import("./backup")),
  log: of("log", () => import("./log")),
  clauses: of("clauses", () => import("./oversight")),
  packs: of("packs", () => import("./packs")),
  findings: of("findings", () => import("./oversight")),
  coverage: of("coverage", () => import("./oversight")),
  promises: of("promises", () => import("./oversight")),
  stages: of("stages", () => import("./stages")),
  trust: of("trust", () => import("./trust")),
  duties: of("duties", () => import("./duties")),
  announcements: of("announcements", () => import("./duties")),
  "who-may-decide": of("whoMayDecide", () => import("./duties")),
  export: of("exportTo", () => import("./oversight")),
  import: of("importFile", () => import("./import")),
  file: of("putOne", () => import("./file")),
  files: of("files", () => import("./files")),
  signatures: of("signatures", () => import("./signatures")),
  sample: of("sample", () => import("./sample")),
  verify: of("verify", () => import("./verify")),
  migrate: of("migrate", () => import("./running")),
  ready: of("ready", () => import("./running")),
  "setup-link": of("setupLink", () => import("./running")),
  worker: of("worker", () => import("./running")),
  "what-if": of("whatIf", () => import("./what-if")),
}
