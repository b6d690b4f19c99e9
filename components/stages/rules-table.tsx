import { say } from "@/components/words/catalogue"
import { ROWS } from "@/domain/requests/stage-rows"
import { rulesIn, STAGES, type StageRules } from "@/domain/requests/stage-rules"
import type { Names } from "./rules-words"

/** The table as it holds, for every company or in one: which content needs which stage, how long, and in which turn. */
export function RulesTable({ rules, companyId, names }: { rules: StageRules; companyId: string | null; names: Names }) {
  const here = rulesIn(rules, companyId ?? "")
  const own = rules.companies.find((one) => one.entityId === companyId)
  const ownMark = (is: boolean) => (is ? <span className="soft small"> {say("stages.own")}</span> : null)
  return (
    <div className="scroll" role="region" aria-label={say("stages.caption")} tabIndex={0}>
      <table className="list">
        <caption>{say("stages.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("stages.row")}</th>
            {STAGES.map((stage) => (
              <th key={stage} scope="col">
                {say(`stage.${stage}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.map((id) => (
            <tr key={id}>
              <th scope="row">
                {say(`stages.row.${id}`)}
                {ownMark(own?.rows[id] !== undefined)}
              </th>
              {STAGES.map((stage) => (
                <td key={stage}>{here.rows[id].includes(stage) ? say(`stage.${stage}`) : ""}</td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{say("stages.days")}</th>
            {STAGES.map((stage) => (
              <td key={stage} data-label={say(`stage.${stage}`)}>
                {here.days[stage]}
                {ownMark(own?.days[stage] !== undefined)}
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{say("stages.wave")}</th>
            {STAGES.map((stage) => (
              <td key={stage} data-label={say(`stage.${stage}`)}>
                {here.waves[stage]}
                {ownMark(own?.waves[stage] !== undefined)}
              </td>
            ))}
          </tr>
          {companyId ? (
            <tr>
              <th scope="row">{say("stages.persons")}</th>
              {STAGES.map((stage) => (
                <td key={stage} data-label={say(`stage.${stage}`)}>
                  {here.persons[stage]?.map((id) => names[id] ?? id).join(", ") ?? say("stages.persons-none")}
                </td>
              ))}
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  )
}
