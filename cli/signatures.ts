import { readFile, stat } from "node:fs/promises"
import { basename, resolve } from "node:path"
import { say } from "@/components/words/catalogue"
import type { Overall, SignatureReport, SignatureResult } from "@/domain/signatures/report"
import { checkSignatures, LARGEST_PDF } from "@/usecases/signatures/check-file"
import { clockNow } from "@/usecases/scene"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"

/** Exit codes: 1 is kept for what could not be looked at. */
export const EXIT_CODES: Record<Overall, number> = {
  passed: 0,
  "intact-untrusted": 3,
  indeterminate: 4,
  altered: 5,
  failed: 6,
  unsigned: 7,
}

/**
 * `signatures FILE.pdf [--trust FILE.pem|LIST.xml] [--at DAY] [--json]`: who signed, when, whether it holds, what came
 * later. Exit code 0 passed, 3 intact-untrusted, 4 indeterminate, 5 altered, 6 failed, 7 unsigned, 1 not looked at.
 */
export async function signatures(call: Call): Promise<number> {
  const [word] = call.words
  if (!word) throw new Refused("Name the PDF: signatures FILE.pdf.")
  const bytes = await read(word)
  const list = call.options.trust
  const trust = list === undefined ? null : { bytes: await read(list), name: basename(list) }
  const report = must(await checkSignatures(bytes, { trust, askedAt: momentOf(call.options.at) }))
  print(call.json, report, wordsOf(report).join("\n"))
  return EXIT_CODES[report.overall]
}

async function read(word: string): Promise<Uint8Array> {
  const path = resolve(word)
  const found = await stat(path).catch(() => null)
  if (!found?.isFile()) throw new Refused(`There is no file ${path}.`)
  if (found.size > LARGEST_PDF) throw new Refused(say("signatures.refused.too-large"))
  return readFile(path)
}

/** A day is taken to its end (UTC); none is now. */
function momentOf(day: string | undefined): string {
  if (day === undefined) return clockNow()
  const at = `${day}T23:59:59.999Z`
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(at)) || new Date(at).toISOString() !== at)
    throw new Refused("Say --at with a day: 2026-01-31.")
  return at
}

/** The report as a person reads it. */
export function wordsOf(report: SignatureReport): string[] {
  const { sha256, sizeBytes } = report.lookedAt
  const lines = [say(`signatures.overall.${report.overall}`), ...report.notes.map((one) => say(one.says, one.params))]
  for (const one of report.signatures)
    lines.push("", ...fieldWords(one).map((line, i) => (i === 0 ? line : `  ${line}`)))
  lines.push("")
  if (report.trust) {
    const name = report.trust.name ?? report.trust.kind
    lines.push(
      report.trust.issuedOn
        ? say("signatures.line.list", { name, sha256: report.trust.sha256, day: report.trust.issuedOn })
        : say("signatures.line.list-undated", { name, sha256: report.trust.sha256 }),
    )
  }
  lines.push(say("signatures.line.asked", { sha256, size: sizeBytes, at: report.askedAt, engine: report.engine }))
  return lines
}

function fieldWords(one: SignatureResult): string[] {
  const field = one.field || say("signatures.line.no-name")
  const kind = say(`signatures.kind.${one.kind}`)
  const lines = [
    say("signatures.line.field", { field, kind, indication: say(`signatures.indication.${one.verdict.indication}`) }),
  ]
  for (const reason of one.verdict.reasons) lines.push(say(reason.says, reason.params))
  if (one.by) lines.push(say(one.by.says, one.by.params))
  const { at, proof } = one.time
  lines.push(
    at ? say("signatures.line.time", { at, proof: say(`signatures.proof.${proof}`) }) : say("signatures.line.no-time"),
  )
  if (one.digest) lines.push(say("signatures.line.digest", { digest: one.digest, scheme: one.scheme ?? "?" }))
  if (one.level) lines.push(say("signatures.line.level", { level: one.level }))
  lines.push(say("signatures.line.integrity", { state: say(`signatures.integrity.${one.integrity}`) }))
  lines.push(say("signatures.line.coverage", { state: say(`signatures.coverage.${one.coverage.state}`) }))
  lines.push(say("signatures.line.later", { state: say(`signatures.later.${one.later.state}`) }))
  for (const found of one.later.differences) {
    const what = say(`signatures.change.${found.kind}`, { from: found.from ?? "", to: found.to ?? "" })
    const page = found.page ? `, ${say("signatures.line.page", { page: found.page })}` : ""
    const allowed = say(found.allowed ? "signatures.line.allowed" : "signatures.line.not-allowed")
    lines.push(`  ${what}${found.field ? ` (${found.field})` : ""}${page}: ${allowed}`)
  }
  lines.push(
    say("signatures.line.trust", { state: say(`signatures.trust.${one.trust}`, { anchor: one.chain?.anchor ?? "" }) }),
  )
  lines.push(say("signatures.line.revocation", { state: say(`signatures.revocation.${one.revocation}`) }))
  return lines
}
