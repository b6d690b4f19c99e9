import Link from "next/link"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import { countryName } from "@/domain/core/country-name"
import type { Day } from "@/domain/core/day"
import { stateOn, type CoverState, type Coverage } from "@/domain/coverage/coverage"
import type { Sharing } from "@/domain/records/sharing"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { GROUNDS } from "@/domain/vocabulary/grounds"
import { MODES } from "@/domain/vocabulary/sharings"

type Flow = { id: string; body: Sharing; standing: string; coverage: Coverage; path: string; entity: string }

const TONE: Record<CoverState, Tone> = { covered: "good", gap: "bad", before: "quiet", after: "quiet", undated: "warn" }
const label = (terms: readonly { code: string; label: string }[], code: string): string =>
  terms.find((term) => term.code === code)?.label ?? code

/** The flows to one party: data, ground, countries, and how each stands today. */
export function FlowTable({ flows, today }: { flows: readonly Flow[]; today: Day }) {
  return (
    <section className="card stack" aria-label={say("flows.title")}>
      <h2>{say("flows.title")}</h2>
      <div className="scroll" role="region" aria-label={say("flows.title")} tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              {["flow", "data", "ground", "where", "state"].map((column) => (
                <th key={column} scope="col">
                  {say(`flows.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {flows.map((flow) => (
              <Row key={flow.id} flow={flow} today={today} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Row({ flow, today }: { flow: Flow; today: Day }) {
  const { body } = flow
  const state = stateOn(flow.coverage, today)
  const kinds = (valueOf(body.dataLines) ?? []).map((line) => label(DATA_KINDS, line.kind))
  const where = [...new Set((valueOf(body.destinations) ?? []).map((line) => countryName(line.country)))]
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
        {flow.standing === "discovered" ? <StatusTag tone="found">{say("standing.discovered")}</StatusTag> : null}{" "}
        {flow.standing === "ended" ? (
          <StatusTag tone="quiet">{say("standing.ended")}</StatusTag>
        ) : (
          <StatusTag tone={TONE[state]}>{say(`coverage.state.${state}`)}</StatusTag>
        )}
      </td>
    </tr>
  )
}
