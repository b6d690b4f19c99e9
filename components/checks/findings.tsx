import { StatusTag } from "@/components/ui/status-tag"
import { findingWords } from "./finding-words"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

export type FindingView = {
  clause: string
  severity: "blocking" | "warning" | "advice"
  verdict: "broken" | "unknown"
  recordId: string
  from: string | null
  to: string | null
  says: string
  params: Record<string, string>
  remedy: string
}

const TONE = { blocking: "bad", warning: "warn", advice: "quiet" } as const
const ORDER = { blocking: 0, warning: 1, advice: 2 } as const

/** What is missing, gravest first: the clause, what is wrong, since when, and what to do. */
export function Findings({
  findings,
  title,
  none,
  on,
}: {
  findings: readonly FindingView[]
  title: string
  none: string | null
  on?: string
}) {
  const sorted = [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || (a.clause < b.clause ? -1 : 1))
  if (sorted.length === 0 && none === null) return null
  return (
    <section className="card stack" aria-label={title}>
      <h2>{title}</h2>
      {sorted.length === 0 ? <p className="soft">{none}</p> : null}
      {sorted.slice(0, 100).map((finding, i) => (
        <div key={`${finding.clause}${finding.recordId}${i}`} className={`finding ${finding.severity}`}>
          <div className="row">
            <StatusTag tone={TONE[finding.severity]}>{say(`severity.${finding.severity}`)}</StatusTag>
            <code>{finding.clause}</code>
            <span className="soft small">{daysOf(finding, on)}</span>
          </div>
          <p>{findingWords(finding)}</p>
          <p className="soft small">{say("finding.remedy", { remedy: finding.remedy })}</p>
        </div>
      ))}
      {sorted.length > 100 ? <p className="soft">{say("findings.more", { n: sorted.length - 100 })}</p> : null}
    </section>
  )
}

function daysOf(finding: FindingView, on: string | undefined): string {
  if (on && finding.from !== null && finding.from > on) return say("finding.from", { day: dayWords(finding.from) })
  if (finding.to !== null) return say("finding.until", { day: dayWords(finding.to) })
  return finding.verdict === "unknown" ? say("finding.unknown") : ""
}
