import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import type { LawFacts } from "@/domain/checks/law"
import { FACT_KINDS, type FactChange, type FactKind, type FactLine } from "@/domain/packs/fact-changes"
import { factDays, factWords } from "./fact-words"

/** The dated facts of law that a pack brings, kind by kind, each with the act that says so and how sure it is. */
export function Facts({ facts }: { facts: Partial<LawFacts> }) {
  const kinds = FACT_KINDS.filter((kind) => (facts[kind] ?? []).length > 0)
  if (kinds.length === 0) return null
  return (
    <section className="stack" aria-labelledby="facts">
      <h2 id="facts">{say("fact.title")}</h2>
      <p className="soft">{say("fact.lede")}</p>
      {kinds.map((kind) => (
        <details key={kind} className="card">
          <summary>
            {say(`fact.kind.${kind}`)} <span className="soft">{(facts[kind] ?? []).length}</span>
          </summary>
          <FactTable kind={kind} lines={(facts[kind] ?? []) as readonly FactLine[]} />
        </details>
      ))}
    </section>
  )
}

function FactTable({ kind, lines }: { kind: FactKind; lines: readonly FactLine[] }) {
  return (
    <div className="scroll" role="region" aria-label={say(`fact.kind.${kind}`)} tabIndex={0}>
      <table className="list">
        <thead>
          <tr>
            {["what", "days", "act"].map((column) => (
              <th key={column} scope="col">
                {say(`fact.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            <tr key={i}>
              <td data-label={say("fact.what")}>{factWords(kind, line).join(" ")}</td>
              <td data-label={say("fact.days")}>{factDays(line)}</td>
              <td data-label={say("fact.act")}>
                {line.act} <span className="soft">({line.certainty})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const TONE: Record<FactChange["change"], Tone> = { new: "good", changed: "warn", "left-out": "bad" }

/** Line by line what a version changes in the facts of law. */
export function FactChanges({ changes }: { changes: readonly FactChange[] }) {
  return (
    <div className="scroll" role="region" aria-label={say("fact.title")} tabIndex={0}>
      <table className="list">
        <caption>{say("fact.changes")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("fact.change")}</th>
            <th scope="col">{say("own.was")}</th>
            <th scope="col">{say("own.is")}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(({ kind, change, before, after }, i) => (
            <tr key={i}>
              <th scope="row">
                <StatusTag tone={TONE[change]}>{say(`fact.change.${change}`)}</StatusTag> {say(`fact.kind.${kind}`)}
              </th>
              <td data-label={say("own.was")}>
                <OneFact kind={kind} line={before} />
              </td>
              <td data-label={say("own.is")}>
                <OneFact kind={kind} line={after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function OneFact({ kind, line }: { kind: FactKind; line: FactLine | null }) {
  if (!line) return <span className="soft">{say("fact.none")}</span>
  return (
    <>
      {factWords(kind, line).join(" ")} {say("fact.counts", { days: factDays(line) })}{" "}
      <span className="soft">
        {line.act} ({line.certainty})
      </span>
    </>
  )
}
