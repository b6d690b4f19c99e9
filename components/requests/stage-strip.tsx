import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

export type StageView = {
  stage: string
  entityId: string
  seat: "decides" | "advises"
  because: string[]
  decided: { personId: string; forPerson: string | null; verdict: string; at: string } | null
  whyNot: string | null
}

const TONES: Record<string, "good" | "bad" | "warn"> = {
  approve: "good",
  agree: "good",
  "agree-with-conditions": "good",
  "ask-changes": "warn",
  refuse: "bad",
  "advise-against": "warn",
}

/** Who decides, who did, and why it is not you. */
export function StageStrip({
  stages,
  names,
  entities,
}: {
  stages: readonly StageView[]
  names: Record<string, string>
  entities: readonly { id: string; entity: { legalName: string } }[]
}) {
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
            ) : (
              <StatusTag tone="review">{say("stage.open")}</StatusTag>
            )}
            {!stage.decided && stage.whyNot ? (
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
