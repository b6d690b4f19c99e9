import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import type { ClauseChange } from "@/domain/packs/changes"
import type { OwnClause } from "@/domain/records/own-pack"

const TONE: Record<ClauseChange["change"], Tone> = {
  new: "good",
  reworded: "quiet",
  "asked-otherwise": "warn",
  retired: "bad",
  same: "quiet",
}
const PARTS = [
  ...(["title", "duty", "remedy", "severity", "source", "certainty"] as const),
  ...(["bitesOn", "check", "params", "effectiveFrom", "effectiveTo"] as const),
]

/** Clause by clause what a version changes; what stays as it is is counted, not shown. `law`: its facts of law change. */
export function ClauseChanges({ changes, law = false }: { changes: readonly ClauseChange[]; law?: boolean }) {
  const moved = changes.filter((one) => one.change !== "same")
  if (moved.length === 0) return <p className="soft">{say(law ? "own.changes-no-clause" : "own.changes-none")}</p>
  return (
    <>
      {moved.map((one) => (
        <OneChange key={one.id} change={one} />
      ))}
      <p className="soft small">{say("own.unchanged", { n: changes.length - moved.length })}</p>
    </>
  )
}

function OneChange({ change: { id, change, before, after } }: { change: ClauseChange }) {
  const shown = after ?? before
  return (
    <div className="stack" id={`change-${id}`}>
      <div className="row">
        <StatusTag tone={TONE[change]}>{say(`own.change.${change}`)}</StatusTag>
        <strong>
          <span className="soft">{id}</span> {shown?.title}
        </strong>
      </div>
      {before && after ? <Parts before={before} after={after} /> : <p className="soft">{shown?.duty}</p>}
      {!before && after ? <p className="soft small">{say("finding.remedy", { remedy: after.remedy })}</p> : null}
    </div>
  )
}

function Parts({ before, after }: { before: OwnClause; after: OwnClause }) {
  return (
    <div className="scroll" role="region" aria-label={after.id} tabIndex={0}>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">{say("own.field")}</th>
            <th scope="col">{say("own.was")}</th>
            <th scope="col">{say("own.is")}</th>
          </tr>
        </thead>
        <tbody>
          {PARTS.filter((part) => before[part] !== after[part]).map((part) => (
            <tr key={part}>
              <th scope="row">{say(`own.part.${part}`)}</th>
              <td data-label={say("own.was")}>{partWords(part, before)}</td>
              <td data-label={say("own.is")}>{partWords(part, after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function partWords(part: (typeof PARTS)[number], clause: OwnClause): string {
  const value = clause[part] ?? ""
  return part === "severity" ? say(`severity.${value}`) : String(value)
}
