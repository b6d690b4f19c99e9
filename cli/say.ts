import { say } from "@/components/words/catalogue"
import type { Outcome } from "@/domain/core/outcome"

/** A command that did not do what was asked: one sentence. */
export class Refused extends Error {}

/** The value of an outcome; a refusal becomes its sentence. */
export function must<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  const fields = (outcome.fields ?? []).slice(0, 5).map((field) => `${field.path}: ${say(field.says, field.params)}`)
  const findings = (outcome.findings ?? [])
    .slice(0, 5)
    .map((finding) => `${finding.clause}: ${say(finding.says, finding.params)}`)
  throw new Refused([say(outcome.says, outcome.params), ...fields, ...findings].join(" "))
}

/** What a command prints: the contract as JSON, or words for a person. */
export function print(json: boolean, value: unknown, words: string): void {
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : `${words}\n`)
}
