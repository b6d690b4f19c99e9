import Link from "next/link"
import { CoverTag } from "@/components/coverage/cover-tag"
import { EndTag } from "@/components/endings/ending-card"
import { standingKey } from "@/components/records/record-path"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import { countryName } from "@/domain/core/country-name"
import type { Day } from "@/domain/core/day"
import type { Coverage } from "@/domain/coverage/coverage"
import type { Destination, Sharing } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { GROUNDS } from "@/domain/vocabulary/grounds"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { MODES } from "@/domain/vocabulary/sharings"

type Flow = { id: string; body: Sharing; standing: string; coverage: Coverage; path: string; entity: string }

const label = (terms: readonly { code: string; label: string }[], code: string): string =>
  terms.find((term) => term.code === code)?.label ?? code

/** A country with the mechanisms that carry data there. */
function whereWords(line: Destination): string {
  const by = [...new Set(line.mechanisms.map((one) => label(MECHANISMS, one.mechanism)))]
  const country = countryName(line.country)
  return by.length ? say("flows.where-by", { country, by: by.join(", ") }) : country
}

/** The flows to one party: data, ground, countries, and how each stands today. */
export function FlowTable({ flows, today, past }: { flows: readonly Flow[]; today: Day; past: boolean }) {
  return (
    <section className="card stack" aria-label={say("flows.title")}>
      <h2>{say("flows.title")}</h2>
      <div className="scroll" role="region" aria-label={say("flows.title")} tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              {["flow", "data", "ground", "where", "state"].map((column) => (
                <th key={column} scope="col">
                  {say(column === "state" && past ? "flows.state-on" : `flows.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {flows.map((flow) => (
              <Row key={flow.id} flow={flow} today={today} past={past} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ flow, today, past }: { flow: Flow; today: Day; past: boolean }) {
  const { body } = flow
  const kinds = (valueOf(body.dataLines) ?? []).map((line) => label(DATA_KINDS, line.kind))
  const where = [...new Set((valueOf(body.destinations) ?? []).map(whereWords))]
  const grounds = [...new Set(body.grounds.map((line) => label(GROUNDS, line.ground)))]
  const without = body.mode === "entrust" ? say("flows.entrusted") : say("answer.blank")
  return (
    <tr>
      <th scope="row">
        <Link href={flow.path} prefetch={false}>
          {body.title}
        </Link>
        <br />
        <span className="soft small">
          {label(MODES, body.mode)}, {flow.entity}
        </span>
      </th>
      <td>{kinds.join(", ") || say(`answer.${body.dataLines.state === "known" ? "none" : body.dataLines.state}`)}</td>
      <td>{grounds.join(", ") || without}</td>
      <td>
        {where.join(", ") || say(`answer.${body.destinations.state === "known" ? "none" : body.destinations.state}`)}
      </td>
      <td>
        {flow.standing === "discovered" ? (
          <StatusTag tone="found">{say(standingKey({ kind: "sharing", ...flow }))}</StatusTag>
        ) : null}{" "}
        <EndTag body={body} on={today} standing={flow.standing} />
        {flow.standing === "ended" ? null : <CoverTag coverage={flow.coverage} on={today} past={past} />}
      </td>
    </tr>
  )
}
