import Link from "next/link"
import { standingOf } from "@/components/records/record-path"
import { PeekLink } from "@/components/table/peek-link"
import { StatusTag } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { findingWords } from "./finding-words"
import { MendButton } from "./mend-button"
import { TakeForms } from "./take-forms"

export type FoundView = {
  recordId: string
  key: string
  href: string
  title: string
  partyName: string | null
  standing: string
  underDemand: boolean
  clause: string
  severity: "blocking" | "warning" | "advice"
  verdict: "broken" | "unknown"
  from: string | null
  says: string
  params: Record<string, string>
  path: string | null
  remedy: string
  ownerId: string | null
  dueOn: string | null
}

const TONE = { blocking: "bad", warning: "warn", advice: "quiet" } as const

type On = {
  names: Record<string, string>
  today: string
  /** Who looks, where they may take what is found and begin requests; null: a reader, or a past day. */
  me: string | null
  /** The address of a look at a record beside the list, and the record that is looked at. */
  peeks?: { href: (id: string) => string; open: string }
}

/** Findings one under another: what is wrong with which record, since when, who sees to it, and the way to mend it. */
export function FoundList({ findings, ...on }: On & { findings: readonly FoundView[] }) {
  return (
    <>
      {findings.map((finding) => (
        <One key={`${finding.recordId}${finding.key}`} finding={finding} {...on} />
      ))}
    </>
  )
}

function One({ finding, names, today, me, peeks }: On & { finding: FoundView }) {
  return (
    <div className={`finding ${finding.severity}`}>
      <div className="row">
        <StatusTag tone={TONE[finding.severity]}>{say(`severity.${finding.severity}`)}</StatusTag>
        <Link className="tall" href={`/promises/${encodeURIComponent(finding.clause)}`} prefetch={false}>
          <code>{finding.clause}</code>
        </Link>
        <Link className="tall" href={finding.href} prefetch={false} data-row={finding.recordId}>
          {finding.title}
        </Link>
        {peeks ? (
          <PeekLink
            href={peeks.href(finding.recordId)}
            says={say("peek.open", { title: finding.title })}
            open={finding.recordId === peeks.open}
          />
        ) : null}
        {finding.standing === "discovered" ? (
          <StatusTag tone="found">{say(standingOf(finding.standing, finding.underDemand))}</StatusTag>
        ) : null}
        {finding.from ? (
          <span className="soft small">{say("findings.since", { day: dayWords(finding.from) })}</span>
        ) : null}
      </div>
      <p>{findingWords(finding)}</p>
      <p className="soft small">{say("finding.remedy", { remedy: finding.remedy })}</p>
      <Owner finding={finding} names={names} today={today} me={me} />
    </div>
  )
}

function Owner({ finding, names, today, me }: On & { finding: FoundView }) {
  const about = { recordId: finding.recordId, id: finding.key, clause: finding.clause, title: finding.title }
  return (
    <div className="row">
      {finding.ownerId && finding.dueOn ? (
        <span className="small">
          {say(finding.dueOn < today ? "gap.late" : "gap.taken", {
            name: names[finding.ownerId] ?? finding.ownerId,
            day: dayWords(finding.dueOn),
          })}
        </span>
      ) : null}
      {me === null ? null : (
        <>
          <MendButton finding={finding} />
          <TakeForms {...about} ownerId={finding.ownerId} me={me} today={today} />
        </>
      )}
    </div>
  )
}
