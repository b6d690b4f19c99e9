import Link from "next/link"
import { Fragment } from "react"
import { RequestState } from "@/components/requests/request-table"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Day } from "@/domain/core/day"

type DecisionView = {
  id: string
  stage: string
  entityName: string
  revision: number
  hash: string
  verdict: string
  personName: string
  forName: string | null
  at: string
  reason: string | null
  reasonText: string | null
  reasonElsewhere: boolean
  conditions: readonly {
    id: string
    words: string | null
    ownerName: string
    dueOn: Day
    metAt: string | null
    state: string
  }[]
}
export type DecidedView = {
  id: string
  no: number
  title: string
  kind: string
  state: string
  byName: string
  revision: number
  hash: string
  submittedAt: string
  rulesVersion: number
  stages: readonly {
    stage: string
    entityId: string
    entityName: string
    seat: string
    decision: DecisionView | null
  }[]
  earlier: readonly DecisionView[]
}

/** `kept`: it was given on an earlier revision than the one that the card is of, and counts on it. */
function Decision({ one, kept = false }: { one: DecisionView; kept?: boolean }) {
  return (
    <>
      <strong>{say(`decided.${one.verdict}`)}</strong> {say("card.by", { name: one.personName })}
      {one.forName ? ` ${say("card.for", { name: one.forName })}` : ""}, <At instant={one.at} /> UTC
      <p>{reasonWords(one)}</p>
      {one.conditions.length ? (
        <ul>
          {one.conditions.map((asked) => (
            <li key={asked.id}>
              {asked.words ?? say("conditions.elsewhere")}{" "}
              {say("card.condition", { name: asked.ownerName, day: dayWords(asked.dueOn) })}{" "}
              {asked.state === "met" && asked.metAt ? (
                <>
                  {say("card.condition-met")} <At instant={asked.metAt} /> UTC.
                </>
              ) : (
                say(`card.condition-${asked.state}`)
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {kept ? (
        <p className="small">
          {say("card.kept", { n: one.revision })} <code className="long">{one.hash}</code>
        </p>
      ) : null}
    </>
  )
}

const reasonWords = (one: DecisionView): string =>
  one.reasonElsewhere
    ? say("talk.reason-elsewhere")
    : one.reason === null
      ? say("card.no-reason")
      : (one.reasonText ?? "")

/** How a request was decided: each stage with who, on whose behalf, when and why, and the hash of what was decided upon. */
export function Decided({ request }: { request: DecidedView }) {
  return (
    <section className="card stack" aria-labelledby={`decided-${request.id}`}>
      <div className="row between">
        <h2 id={`decided-${request.id}`}>{say("card.decided")}</h2>
        <RequestState state={request.state} />
      </div>
      <p>
        <Link className="tall" href={`/requests/${request.id}`} prefetch={false}>
          R-{request.no} {request.title}
        </Link>{" "}
        {say("card.brought", { name: request.byName, n: request.revision })} <At instant={request.submittedAt} /> UTC.
      </p>
      {request.stages.length === 0 ? <p>{say("card.no-stage")}</p> : null}
      <dl>
        {request.stages.map((stage) => (
          <Fragment key={stage.stage + stage.entityId}>
            <dt>
              {say(`stage.${stage.stage}`)}, {stage.entityName} ({say(`seat.${stage.seat}`)})
            </dt>
            <dd>
              {stage.decision ? (
                <Decision one={stage.decision} kept={stage.decision.revision < request.revision} />
              ) : (
                say("stage.open")
              )}
            </dd>
          </Fragment>
        ))}
      </dl>
      {request.earlier.length ? (
        <>
          <h3>{say("card.earlier")}</h3>
          <ul>
            {request.earlier.map((one) => (
              <li key={one.id}>
                {say(`stage.${one.stage}`)}, {one.entityName}, {say("card.revision", { n: one.revision })}:{" "}
                <Decision one={one} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {request.stages.length ? <p className="small">{say("card.rules", { version: request.rulesVersion })}</p> : null}
      <p className="small">
        {say("card.hash", { n: request.revision })} <code className="long">{request.hash}</code>
      </p>
    </section>
  )
}

/** Where a card comes from: the register's origin, the address, and as of when. */
export function CardFoot({ origin, path, asOf }: { origin: string; path: string; asOf: string }) {
  return (
    <p className="small soft">
      {say("card.origin", { origin })} <code className="long">{path}</code>. {say("card.as-of")} <At instant={asOf} />{" "}
      UTC.
    </p>
  )
}
