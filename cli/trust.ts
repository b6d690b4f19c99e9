import { readFile, stat } from "node:fs/promises"
import { resolve } from "node:path"
import { say } from "@/components/words/catalogue"
import { checkList, LARGEST_LIST } from "@/usecases/signatures/check-list"
import { readTrust } from "@/usecases/trust/read-trust"
import type { Call } from "./commands"
import { inPlace, instantIn } from "./oversight"
import { must, print, Refused } from "./say"

/**
 * `trust [--as-of INSTANT]`: `{standing, waiting, stood}`, the trusted roots that are or were in force, what waits to be
 * confirmed, and which list stood when. `trust read FILE`: `{kind, issuedOn, nextUpdateOn, roots, unreadable}`, what a file
 * holds, read apart and kept nowhere. A list is loaded and confirmed on its page: that takes two people.
 */
export async function trust(call: Call): Promise<void> {
  const [word, file] = call.words
  if (word === "read" && file) return read(call, file)
  if (word) throw new Refused("Say: trust [--as-of INSTANT], or: trust read FILE. Lists are loaded at /admin/trust.")
  const asOf = instantIn(call.options["as-of"])
  await inPlace(call, async (scene) => {
    const page = must(await readTrust(scene, { asOf }))
    const { standing, waiting } = page
    const stood = page.stood.map(({ line, from, to }) => ({ ...briefly(line), from, to }))
    const lede = standing
      ? say("trust.lede", { name: standing.line.name, n: standing.line.roots })
      : say("trust.lede-none")
    const lines = stood.map(({ name, op, from, to }) => `${say(`trust.line.${op}`, { name })}\t${from}\t${to ?? ""}`)
    print(
      call.json,
      { standing: standing && briefly(standing.line), waiting: waiting && briefly(waiting.line), stood },
      [waiting ? `${lede} ${say("trust.lede-waits")}` : lede, ...lines].join("\n"),
    )
  })
}

function briefly<L extends { id: string; op: "load" | "withdraw"; name: string; sha256: string | null }>(line: L) {
  const { id, op, name, sha256 } = line
  return { id, op, name, sha256 }
}

async function read(call: Call, word: string): Promise<void> {
  const path = resolve(word)
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new Refused(`There is no file ${path}.`)
  if (found.size > LARGEST_LIST) throw new Refused(say("trust.refused.too-large"))
  const facts = must(await checkList(await readFile(path)))
  const lines = facts.roots.map((one) => `${one.sha256}\t${one.notAfter.slice(0, 10)}\t${one.subject}`)
  const said = (on: string | null): string => on ?? say("trust.not-said")
  print(
    call.json,
    facts,
    [
      `${say(`trust.kind.${facts.kind}`)}\t${say("trust.issued")} ${said(facts.issuedOn)}\t${say("trust.next")} ${said(facts.nextUpdateOn)}`,
      `${say("trust.count")} ${facts.roots.length}\t${say("trust.unreadable")} ${facts.unreadable}`,
      ...lines,
    ].join("\n"),
  )
}
