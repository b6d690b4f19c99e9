import Link from "next/link"
import { GRAVITY_TONE } from "@/components/promises/board-table"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import type { Clause } from "@/domain/checks/types"

/** The clauses of a text as a lawyer reads them: what is promised, what is looked at, what to do, and whence it comes. */
export function ClauseCards({ clauses }: { clauses: readonly Omit<Clause, "params">[] }) {
  return (
    <>
      {clauses.map((clause) => (
        <article key={clause.id} className="card stack" id={clause.id}>
          <div className="row between">
            <h2>
              <Link href={`/promises/${encodeURIComponent(clause.id)}`} prefetch={false}>
                <span className="soft">{clause.id}</span> {clause.title}
              </Link>
            </h2>
            <StatusTag tone={GRAVITY_TONE[clause.severity] ?? "quiet"}>{say(`severity.${clause.severity}`)}</StatusTag>
          </div>
          <p>{clause.duty}</p>
          <dl className="facts">
            <div className="fact">
              <dt>{say("promises.looked")}</dt>
              <dd>{say(clause.check === null ? "promises.looked-none" : `looked.${clause.check}`)}</dd>
            </div>
            <div className="fact">
              <dt>{say("promises.remedy")}</dt>
              <dd>{clause.remedy}</dd>
            </div>
            <div className="fact">
              <dt>{say("promises.source")}</dt>
              <dd>
                {clause.source} <span className="soft">({clause.certainty})</span>
              </dd>
            </div>
          </dl>
        </article>
      ))}
    </>
  )
}
