import { inARow } from "@/components/records/sharing-sentence"
import { DueOn } from "@/components/requests/due-on"
import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { KeptFrom, Withdrawn, type WithdrawnView } from "./carried"
import { say } from "@/components/words/catalogue"

export type StageView = {
  stage: string
  entityId: string
  seat: "decides" | "advises"
  because: string[]
  decided: {
    id: string
    personId: string
    forPerson: string | null
    verdict: string
    at: string
    revision: number
  } | null
  withdrawn: readonly WithdrawnView[]
  whyNot: string | null
  state: {
    asks: boolean
    openedAt: string | null
    dueOn: string | null
    mark: string | null
    after: string[]
    sitters: string[]
    standIns?: readonly { id: string; forPerson: string }[]
    nobody: boolean
    short: { stages: readonly { stage: string; entityId: string }[]; people: readonly string[] } | null
  }
}

const TONES: Record<string, "good" | "bad" | "warn"> = {
  approve: "good",
  "approve-with-conditions": "good",
  agree: "good",
  "agree-with-conditions": "good",
  "ask-changes": "warn",
  refuse: "bad",
  "advise-against": "warn",
}

const behalfWords = (name: string | undefined, forName: string | undefined): string =>
  say("home.with-for", { name: name ?? say("talk.somebody"), for: forName ?? say("talk.somebody") })

/** A stage that nobody decided yet: whose turn it is, since when, by when, and what if there is nobody. */
function Waits({
  stage: { entityId, state },
  names,
  administrators,
}: {
  stage: StageView
  names: Record<string, string>
  administrators: readonly { name: string; entityId: string | null }[]
}) {
  const here = administrators.filter((one) => one.entityId === null || one.entityId === entityId)
  const admins = here
    .slice(0, 5)
    .map((one) => one.name)
    .join(", ")
  return (
    <>
      <div className="row">
        <StatusTag tone={state.openedAt ? "review" : "quiet"}>
          {state.openedAt
            ? say("stage.open")
            : say("stage.later", { after: [...new Set(state.after)].map((one) => say(`stage.${one}`)).join(", ") })}
        </StatusTag>
        {state.dueOn ? (
          <span className="small">
            {say("stage.due")} <DueOn dueOn={state.dueOn} mark={state.mark} />
          </span>
        ) : null}
      </div>
      {state.openedAt ? (
        <div className="soft small">
          {say("stage.since")} <At instant={state.openedAt} />
        </div>
      ) : null}
      {state.sitters.length ? (
        <div className="small">
          {say(state.sitters.length > 5 ? "stage.sitters-more" : "stage.sitters", {
            names: state.sitters
              .slice(0, 5)
              .map((id) => names[id] ?? say("talk.somebody"))
              .join(", "),
            more: Math.max(0, state.sitters.length - 5),
          })}
        </div>
      ) : null}
      {state.standIns?.length ? (
        <div className="small">
          {say("stage.stand-ins", {
            names: state.standIns
              .slice(0, 5)
              .map(({ id, forPerson }) => behalfWords(names[id], names[forPerson]))
              .join(", "),
          })}
        </div>
      ) : null}
      {state.nobody ? (
        <p className="notice warn small">
          {here.length ? say("stage.nobody", { names: admins }) : say("stage.nobody-at-all")}
        </p>
      ) : null}
      {state.short ? (
        <p className="notice warn small">
          {say(here.length ? "stage.short" : "stage.short-at-all", {
            stages: inARow(state.short.stages.map((one) => say(`stage.${one.stage}`))),
            names: inARow(state.short.people.map((id) => names[id] ?? say("talk.somebody"))),
            admins,
          })}
        </p>
      ) : null}
    </>
  )
}

/** Who decides, who did, and why it is not you. */
export function StageStrip({
  stages,
  names,
  entities,
  administrators = [],
  revision,
  carried = [],
}: {
  stages: readonly StageView[]
  names: Record<string, string>
  entities: readonly { id: string; entity: { legalName: string } }[]
  /** To whom it goes when nobody is left who may take a stage. */
  administrators?: readonly { name: string; entityId: string | null }[]
  /** The current revision, and what it kept. */
  revision: number
  carried?: readonly { revision: number; decisionId: string; because: readonly string[] }[]
}) {
  const becauseOf = (id: string): readonly string[] =>
    carried.find((one) => one.revision === revision && one.decisionId === id)?.because ?? []
  if (stages.length === 0) return null
  const entityName = (id: string): string =>
    entities.find((one) => one.id === id)?.entity.legalName ?? say("story.company")
  return (
    <section className="card stack" aria-label={say("request.stages")}>
      <h2>{say("request.stages")}</h2>
      <ul className="timeline">
        {stages.map((stage) => (
          <li key={stage.stage + stage.entityId}>
            <strong>{say(`stage.${stage.stage}`)}</strong> <span className="soft">{say(`seat.${stage.seat}`)}</span>
            <div className="soft small">{entityName(stage.entityId)}</div>
            {stage.decided ? (
              <div className="row">
                <StatusTag tone={TONES[stage.decided.verdict] ?? "quiet"}>
                  {say(`decided.${stage.decided.verdict}`)}
                </StatusTag>
                <span className="small">
                  {names[stage.decided.personId]}
                  {stage.decided.forPerson ? ` ${say("talk.for", { name: names[stage.decided.forPerson] ?? "" })}` : ""}
                  , <At instant={stage.decided.at} />
                </span>
              </div>
            ) : !stage.state.asks ? (
              <StatusTag tone="quiet">{say("stage.not-decided")}</StatusTag>
            ) : (
              <Waits stage={stage} names={names} administrators={administrators} />
            )}
            {stage.decided && stage.decided.revision < revision ? (
              <KeptFrom revision={stage.decided.revision} because={becauseOf(stage.decided.id)} />
            ) : null}
            <Withdrawn list={stage.withdrawn} names={names} now={revision} />
            {!stage.decided && stage.state.asks && stage.whyNot ? (
              <p className="soft small">
                {stage.whyNot === "not-allowed.role"
                  ? say("stage.not-yours", {
                      stage: say(`role.${stage.stage === "second-legal" ? "legal" : stage.stage}`),
                      entity: entityName(stage.entityId),
                    })
                  : say(stage.whyNot)}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
