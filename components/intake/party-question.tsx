import Link from "next/link"
import { countryName } from "@/domain/core/country-name"
import { isCountry } from "@/domain/core/country"
import type { Given } from "@/domain/intake/question"
import { say } from "@/components/words/catalogue"

export type FlowView = { id: string; title: string; partyId: string; standing: string; underDemand: boolean }
export type PartyHitView = {
  id: string
  title: string
  country: string | null
  decision: string
  how: "found" | "near"
  flows: readonly FlowView[]
}

/**
 * Whom data goes to: looked for in the register, each with what it gets already; or one that the register lacks, by its
 * name, with a warning where a name is near.
 */
export function PartyQuestion({
  given,
  party,
  hits,
  find,
}: {
  given: Given | undefined
  party: { id: string; title: string; flows: readonly FlowView[] } | null
  hits: readonly PartyHitView[]
  find: string
}) {
  const value = given?.state === "known" && typeof given.value === "object" ? given.value : null
  const name = value !== null && "name" in value ? String(value.name) : ""
  const chosen = party && value !== null && "id" in value ? party : null
  const others = hits.filter((hit) => hit.id !== chosen?.id)
  return (
    <>
      <div className="row end" id="find">
        <div className="field grow">
          <label htmlFor="find-words">{say("intake.find")}</label>
          <input id="find-words" name="find" defaultValue={find} />
          <input type="hidden" name="_found" value={find} />
        </div>
        <button type="submit" name="_go" value="find">
          {say("intake.find-go")}
        </button>
      </div>
      {find !== "" && others.length === 0 ? <p className="soft">{say("intake.found-none")}</p> : null}
      {others.length > 0 ? <p className="small soft">{say("intake.found")}</p> : null}
      <div className="stack tight">
        {chosen ? <PartyChoice hit={{ ...chosen, country: null, decision: "", how: "found" }} checked /> : null}
        {others.map((hit) => (
          <PartyChoice key={hit.id} hit={hit} checked={false} />
        ))}
        <div className="choice-with">
          <label className="choice">
            <input
              type="radio"
              name="q.1.3"
              value="new"
              defaultChecked={name !== "" || (!chosen && others.length === 0)}
            />
            {say("intake.new-party")}
          </label>
          <div className="field">
            <label htmlFor="q.1.3.name">{say("intake.new-name")}</label>
            <input
              id="q.1.3.name"
              name="q.1.3.name"
              defaultValue={name || (others.length === 0 && !chosen ? find : "")}
            />
          </div>
        </div>
      </div>
    </>
  )
}

function PartyChoice({ hit, checked }: { hit: PartyHitView; checked: boolean }) {
  const marks = [
    hit.country && isCountry(hit.country) ? countryName(hit.country) : "",
    hit.decision === "no-personal-data" ? say("intake.no-data-mark") : "",
    hit.decision === "undecided" ? say("intake.undecided-mark") : "",
    hit.flows.length ? say("intake.gets", { n: hit.flows.length }) : say("intake.gets-none"),
    hit.how === "near" ? say("intake.near") : "",
  ].filter((mark) => mark !== "")
  return (
    <div className="choice-with">
      <label className="choice">
        <input type="radio" name="q.1.3" value={hit.id} defaultChecked={checked} />
        <span>
          {hit.title} <span className="soft small">{marks.join(", ")}</span>
        </span>
      </label>
      {hit.flows.length ? (
        <details>
          <summary className="small">{say("intake.gets-list", { title: hit.title })}</summary>
          <ul className="small">
            {hit.flows.map((flow) => (
              <li key={flow.id}>
                <Link className="tall" href={`/sharings/${flow.id}`} prefetch={false}>
                  {flow.title}
                </Link>
                {flow.standing === "discovered"
                  ? ` (${say(flow.underDemand ? "intake.demand-mark" : "intake.running-mark")})`
                  : ""}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </div>
  )
}
