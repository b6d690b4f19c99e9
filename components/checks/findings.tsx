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

/**
 * What is missing, gravest first: the clause, what is wrong, since when, and what to do. What only comes due after the
 * day that counts stands apart, folded; what was over before it is not shown.
 */
export function Findings({
  findings,
  title,
  none,
  on,
}: {
  findings: readonly FindingView[]
  title: string
  none: string | null
  /** The day that counts for a record. */
  on: (recordId: string) => string | null
}) {
  const sorted = [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || (a.clause < b.clause ? -1 : 1))
  const day = (finding: FindingView): string => on(finding.recordId) ?? ""
  const later = sorted.filter((finding) => finding.from !== null && day(finding) !== "" && finding.from > day(finding))
  const now = sorted.filter(
    (finding) =>
      !later.includes(finding) && !(finding.to !== null && day(finding) !== "" && finding.to <= day(finding)),
  )
  if (now.length === 0 && later.length === 0 && none === null) return null
  return (
    <section className="card stack" aria-label={title}>
      <h2>{title}</h2>
      {now.length === 0 && none ? <p className="soft">{none}</p> : null}
      {now.slice(0, 100).map((finding, i) => (
        <One key={`${finding.clause}${finding.recordId}${i}`} finding={finding} on={day(finding)} />
      ))}
      {now.length > 100 ? <p className="soft">{say("findings.more", { n: now.length - 100 })}</p> : null}
      {later.length ? (
        <details>
          <summary className="soft">{say("findings.later", { n: later.length })}</summary>
          <div className="stack">
            {later.slice(0, 100).map((finding, i) => (
              <One key={`${finding.clause}${finding.recordId}${i}`} finding={finding} on={day(finding)} />
            ))}
          </div>
        </details>
      ) : null}
    </section>
  )
}

function One({ finding, on }: { finding: FindingView; on: string }) {
  const due = finding.from !== null && on !== "" && finding.from > on
  return (
    <div className={`finding ${due ? "later" : finding.severity}`}>
      <div className="row">
        <StatusTag tone={due ? "quiet" : TONE[finding.severity]}>{say(`severity.${finding.severity}`)}</StatusTag>
        <code>{finding.clause}</code>
        <span className="soft small">{daysOf(finding, on)}</span>
      </div>
      <p>{findingWords(finding)}</p>
      <p className="soft small">{say("finding.remedy", { remedy: finding.remedy })}</p>
    </div>
  )
}

function daysOf(finding: FindingView, on: string): string {
  if (on && finding.from !== null && finding.from > on) return say("finding.from", { day: dayWords(finding.from) })
  if (finding.to !== null) return say("finding.until", { day: dayWords(finding.to) })
  return finding.verdict === "unknown" ? say("finding.unknown") : ""
}
