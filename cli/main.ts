import { parseArgs } from "node:util"
import { databaseSentence } from "./wiring"
import { COMMANDS } from "./commands"
import { Refused } from "./say"

/** The command line: parses, calls one use case, shows. Exit code 0 only when it did what was asked; 1 when it could not. */
async function main(): Promise<number> {
  const argv = process.argv.slice(2)
  const json = argv.includes("--json")
  try {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        json: { type: "boolean" },
        sample: { type: "boolean" },
        "dry-run": { type: "boolean" },
        "legal-advice": { type: "boolean" },
        "as-of": { type: "string" },
        on: { type: "string" },
        out: { type: "string" },
        name: { type: "string" },
        role: { type: "string", multiple: true },
        entity: { type: "string" },
        kind: { type: "string", multiple: true },
        order: { type: "string" },
        record: { type: "string" },
        limit: { type: "string" },
        title: { type: "string" },
        unproven: { type: "boolean" },
        due: { type: "boolean" },
        trust: { type: "string" },
        since: { type: "string" },
        checkpoint: { type: "string" },
        key: { type: "string" },
        at: { type: "string" },
        hash: { type: "boolean" },
        from: { type: "string" },
        to: { type: "string" },
        until: { type: "string" },
        addressee: { type: "string" },
        approval: { type: "string" },
        reasons: { type: "string" },
      },
    })
    const [name = "help", ...rest] = positionals
    const command = COMMANDS[name]
    if (!command)
      throw new Refused(`There is no command "${name}": the commands are ${Object.keys(COMMANDS).join(", ")}.`)
    return (await command({ words: rest, options: values, json })) ?? 0
  } catch (problem) {
    const sentence = sentenceOf(problem)
    process.stderr.write(json ? `${JSON.stringify({ error: sentence })}\n` : `${sentence}\n`)
    if (process.env.ONWARD_DEBUG) process.stderr.write(`${(problem as Error).stack}\n`)
    return 1
  }
}

/** One sentence for the person at the terminal; a file's own troubles and the database's are told in words. */
function sentenceOf(problem: unknown): string {
  if (problem instanceof Refused || !(problem instanceof Error)) return String((problem as Error).message ?? problem)
  const { code, path } = problem as NodeJS.ErrnoException
  if (code?.startsWith("ERR_PARSE_ARGS")) return problem.message.split("\n")[0] ?? ""
  if (code === "ENOENT" && path) return `There is no ${path}.`
  if ((code === "EACCES" || code === "EISDIR" || code === "ENOTDIR" || code === "EROFS" || code === "ENOSPC") && path)
    return `${path} cannot be used (${code}): name another file.`
  return databaseSentence(problem) ?? problem.message.split("\n")[0] ?? "It could not be done."
}

process.exitCode = await main()
