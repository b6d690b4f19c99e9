import Link from "next/link"
import { StatusTag } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { PACKS } from "@/domain/packs/all"
import { findingWords } from "./finding-words"
import { MendButton } from "./mend-button"

export type FindingView = {
  clause: string
  severity: "blocking" | "warning" | "advice"
  verdict: "broken" | "unknown"
  recordId: string
  from: string | null
  to: string | null
  says: string
  params: Record<string, string>
  path: string | null
  remedy: string
}
/** Where a finding is mended or looked at: the record's name and its address. */
export type Place = { title: string; href: string }
/** What a record is called, where the reader may begin the request that mends it. */
export type Mends = (finding: FindingView) => string | null

const TONE = { blocking: "bad", warning: "warn", advice: "quiet" } as const
const ORDER = { blocking: 0, warning: 1, advice: 2 } as const
const TITLES = new Map(PACKS.flatMap((pack) => pack.clauses.map((clause) => [clause.id, clause.title] as const)))

type Same = { finding: FindingView; all: FindingView[] }

/** Findings that say the same of several records, as one. */
function together(findings: readonly FindingView[]): Same[] {
  const groups = new Map<string, Same>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.clause, finding.says, finding.params, finding.severity])
    const had = groups.get(key)
    if (had) had.all.push(finding)
    else groups.set(key, { finding, all: [finding] })
  }
  return [...groups.values()]
}

/**
 * What is missing, gravest first: the clause, what is wrong, on which records, since when, and what to do. What only
 * comes due after the day that counts stands apart, folded; what was over before it is not shown.
 */
export function Findings({
  findings,
  title,
  none,
  on,
  at,
  titles = {},
  mends = () => null,
}: {
  findings: readonly FindingView[]
  title: string
  none: string | null
  /** The day that counts for a record. */
  on: (recordId: string) => string | null
  /** The way to where a finding is mended; null where it is this very page. */
  at: (finding: FindingView) => Place | null
  /** How clauses of our own texts are called, by id. */
  titles?: Readonly<Record<string, string>>
  mends?: Mends
}) {
  const sorted = [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity] || (a.clause < b.clause ? -1 : 1))
  const day = (finding: FindingView): string => on(finding.recordId) ?? ""
  const later = sorted.filter((finding) => finding.from !== null && day(finding) !== "" && finding.from > day(finding))
  const now = sorted.filter(
    (finding) =>
      !later.includes(finding) && !(finding.to !== null && day(finding) !== "" && finding.to <= day(finding)),
  )
  if (now.length === 0 && later.length === 0 && none === null) return null
  const list = (of: readonly FindingView[]) =>
    together(of)
      .slice(0, 100)
      .map((same) => (
        <One
          key={same.finding.clause + same.finding.says + same.finding.recordId}
          same={same}
          {...{ day, at, titles, mends }}
        />
      ))
  return (
    <section className="card stack" aria-label={title}>
      <h2>{title}</h2>
      {now.length === 0 && none ? <p className="soft">{none}</p> : null}
      {list(now)}
      {later.length ? (
        <details>
          <summary className="soft">{say("findings.later", { n: later.length })}</summary>
          <div className="stack">{list(later)}</div>
        </details>
      ) : null}
    </section>
  )
}

function One({
  same: { finding, all },
  day,
  at,
  titles,
  mends,
}: {
  same: Same
  day: (finding: FindingView) => string
  at: (finding: FindingView) => Place | null
  titles: Readonly<Record<string, string>>
  mends: Mends
}) {
  const on = day(finding)
  const due = finding.from !== null && on !== "" && finding.from > on
  const places = [...new Map(all.map((one) => [`${one.recordId}${at(one)?.href ?? ""}`, one])).values()]
  return (
    <div className={`finding ${due ? "later" : finding.severity}`}>
      <div className="row">
        <StatusTag tone={due ? "quiet" : TONE[finding.severity]}>{say(`severity.${finding.severity}`)}</StatusTag>
        <span className="soft small">
          {titles[finding.clause] ?? TITLES.get(finding.clause)} <code>{finding.clause}</code>
        </span>
        <span className="soft small">{daysOf(finding, on)}</span>
      </div>
      <p>{findingWords(finding)}</p>
      <p className="soft small">{say("finding.remedy", { remedy: finding.remedy })}</p>
      <Places of={places} at={at} mends={mends} />
    </div>
  )
}

const SHOWN = 6

/** The records that a finding is of, each with the way to it and the button that begins to mend it. */
function Places({
  of,
  at,
  mends,
}: {
  of: readonly FindingView[]
  at: (finding: FindingView) => Place | null
  mends: Mends
}) {
  const one = (finding: FindingView) => {
    const place = at(finding)
    const title = mends(finding)
    if (!place && title === null) return null
    return (
      <span key={`${finding.recordId}${place?.href ?? ""}`} className="row">
        {place ? (
          <Link className="tall" href={place.href} prefetch={false}>
            {place.title}
          </Link>
        ) : null}
        {title === null ? null : <MendButton finding={{ ...finding, title }} />}
      </span>
    )
  }
  const all = of.flatMap((finding) => one(finding) ?? [])
  if (all.length === 0) return null
  return (
    <div className="row small">
      {of.some((finding) => at(finding)) ? <span className="soft">{say("findings.on")}</span> : null}
      {all.slice(0, SHOWN)}
      {all.length > SHOWN ? (
        <details>
          <summary className="soft">{say("findings.more", { n: all.length - SHOWN })}</summary>
          <div className="row">{all.slice(SHOWN)}</div>
        </details>
      ) : null}
    </div>
  )
}

function daysOf(finding: FindingView, on: string): string {
  if (on && finding.from !== null && finding.from > on) return say("finding.from", { day: dayWords(finding.from) })
  if (finding.to !== null) return say("finding.until", { day: dayWords(finding.to) })
  return finding.verdict === "unknown" ? say("finding.unknown") : ""
}
