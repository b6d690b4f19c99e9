import type { Metadata } from "next"
import Link from "next/link"
import { findingWords } from "@/components/checks/finding-words"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { PACKS } from "@/domain/packs/all"
import type { RecordKind } from "@/domain/records/kinds"
import { listFindings, type FindingsPage } from "@/usecases/checks/list-findings"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { pathOf } from "@/app/record-path"

export const metadata: Metadata = { title: say("findings.title") }

const SEVERITIES = ["blocking", "warning", "advice"] as const
const TITLES = new Map(PACKS.flatMap((pack) => pack.clauses.map((clause) => [clause.id, clause.title] as const)))
const TONE = { blocking: "bad", warning: "warn", advice: "quiet" } as const

export default async function FindingsList({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const severity = SEVERITIES.find((known) => known === one(words, "severity")) ?? "blocking"
  const clause = one(words, "clause").slice(0, 40)
  const page = shown(await listFindings(scene, { severity, clause, after: one(words, "after").slice(0, 200) }))
  const total = (of: string): number => sum(page.counts.filter((item) => item.severity === of))
  return (
    <Frame scene={scene} current="/findings">
      <h1>{say("findings.title")}</h1>
      <p className="lede soft">{say("findings.lede")}</p>
      <nav className="tabs" aria-label={say("findings.severity")}>
        {SEVERITIES.map((known) => (
          <Link
            key={known}
            href={`/findings?severity=${known}`}
            aria-current={known === severity ? "page" : undefined}
            prefetch={false}
          >
            {say(`severity.${known}`)} {total(known)}
          </Link>
        ))}
      </nav>
      <div className="with-facets">
        <Clauses page={page} severity={severity} chosen={clause} />
        <section className="card stack">
          {page.findings.length === 0 ? <p className="soft">{say("findings.nothing")}</p> : null}
          {page.findings.map((finding) => (
            <div key={`${finding.recordId}${finding.key}`} className={`finding ${finding.severity}`}>
              <div className="row">
                <StatusTag tone={TONE[finding.severity]}>{say(`severity.${finding.severity}`)}</StatusTag>
                <code>{finding.clause}</code>
                <Link
                  className="tall"
                  href={pathOf(finding.recordKind as RecordKind, finding.recordId)}
                  prefetch={false}
                >
                  {finding.title}
                </Link>
                {finding.standing === "discovered" ? (
                  <StatusTag tone="found">{say("standing.discovered")}</StatusTag>
                ) : null}
              </div>
              <p>{findingWords(finding)}</p>
              <p className="soft small">{say("finding.remedy", { remedy: finding.remedy })}</p>
            </div>
          ))}
          {page.next ? (
            <p>
              <Link
                className="button"
                prefetch={false}
                href={`/findings?${new URLSearchParams({ severity, ...(clause ? { clause } : {}), after: page.next })}`}
              >
                {say("list.more")}
              </Link>
            </p>
          ) : null}
        </section>
      </div>
    </Frame>
  )
}

const sum = (counts: readonly { n: number }[]): number => counts.reduce((all, item) => all + item.n, 0)

function Clauses({ page, severity, chosen }: { page: FindingsPage; severity: string; chosen: string }) {
  const counts = page.counts.filter((item) => item.severity === severity).sort((a, b) => b.n - a.n)
  if (counts.length === 0) return <div />
  return (
    <div className="facets">
      <details open>
        <summary>{say("findings.clause")}</summary>
        <ul className="plain-list">
          {chosen ? (
            <li>
              <Link href={`/findings?severity=${severity}`} prefetch={false}>
                {say("list.clear")}
              </Link>
            </li>
          ) : null}
          {counts.map((item) => (
            <li key={item.clause}>
              <Link
                href={`/findings?severity=${severity}&clause=${item.clause}`}
                aria-current={item.clause === chosen ? "true" : undefined}
                prefetch={false}
                title={item.clause}
              >
                <span>{TITLES.get(item.clause) ?? item.clause}</span> <span className="soft">{item.n}</span>
              </Link>
            </li>
          ))}
        </ul>
      </details>
    </div>
  )
}
