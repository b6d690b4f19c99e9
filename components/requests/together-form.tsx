import Link from "next/link"
import { ProofField, type Proof } from "@/components/people/prove"
import { TextArea } from "@/components/ui/field"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

export type TogetherLineView = {
  id: string
  no: number
  title: string
  byName: string
  movedAt: string
  alike: string
  hash: string
  forNames: readonly string[]
  place: { stage: string; entityId: string; seat: string; forPerson: string | null } | null
}

const DECIDES = ["approve", "ask-changes", "refuse"] as const
const ADVISES = ["agree", "agree-with-conditions", "advise-against"] as const

const valueOf = ({ id, hash, place }: TogetherLineView): string =>
  [id, hash, place?.stage ?? "", place?.entityId ?? "", place?.forPerson ?? ""].join("~")

function Line({ row, ticked }: { row: TogetherLineView; ticked: boolean }) {
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          name="chosen"
          value={valueOf(row)}
          defaultChecked={ticked}
          aria-label={say("together.choose", { title: `R-${row.no} ${row.title}` })}
        />
        <input type="hidden" name="shown" value={valueOf(row)} />
      </td>
      <th scope="row">
        <Link href={`/requests/${row.id}`} prefetch={false}>
          {row.title}
        </Link>
        <div className="soft small nowrap">R-{row.no}</div>
      </th>
      <td data-label={say("together.does")}>{say(`together.kind.${row.alike}`)}</td>
      <td data-label={say("together.as")}>
        {row.place ? say(`stage.${row.place.stage}`) : null}
        {row.forNames.length ? (
          <div className="soft small">{say("home.for", { name: row.forNames.join(", ") })}</div>
        ) : null}
      </td>
      <td data-label={say("requests.by")}>{row.byName}</td>
      <td className="nowrap" data-label={say("home.since")}>
        <At instant={row.movedAt} />
      </td>
    </tr>
  )
}

/** One decision with one reason on what is ticked, or on all that the filter shows, counted again when it is sent. */
export function TogetherForm(props: {
  rows: readonly TogetherLineView[]
  filter: { alike: string; q: string }
  total: number
  typed: Record<string, string | string[]>
  proof: Proof
}) {
  const { rows, filter, total, typed } = props
  const ticked = [typed.chosen ?? []].flat()
  const seats = new Set(rows.map((row) => row.place?.seat))
  return (
    <form method="post" action="/api/v1/requests/together" className="stack">
      <input type="hidden" name="alike" value={filter.alike} />
      <input type="hidden" name="q" value={filter.q} />
      <input type="hidden" name="total" value={total} />
      <section className="card">
        <div className="scroll" role="region" aria-label={say("together.title")} tabIndex={0}>
          <table className="list">
            <caption className="unseen">{say("together.title")}</caption>
            <thead>
              <tr>
                {["together.column", "requests.about", "together.does", "together.as", "requests.by", "home.since"].map(
                  (key) => (
                    <th key={key} scope="col">
                      {say(key)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line key={row.id} row={row} ticked={ticked.includes(valueOf(row))} />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section className="card stack">
        <fieldset>
          <legend>{say("together.which")}</legend>
          <label className="choice">
            <input type="radio" name="which" value="ticked" defaultChecked={typed.which !== "all"} />
            {say("together.ticked")}
          </label>
          {total === rows.length ? (
            <label className="choice">
              <input type="radio" name="which" value="all" defaultChecked={typed.which === "all"} />
              {say("together.all-shown", { n: total })}
            </label>
          ) : null}
        </fieldset>
        <TextArea
          name="reason"
          label={say("together.reason")}
          help={say("together.reason-help")}
          value={String(typed.reason ?? "")}
        />
        <ProofField proof={props.proof} />
        {seats.has("decides") ? <Verdicts says="together.decides" verdicts={DECIDES} named={seats.size > 1} /> : null}
        {seats.has("advises") ? <Verdicts says="together.advises" verdicts={ADVISES} named={seats.size > 1} /> : null}
      </section>
    </form>
  )
}

function Verdicts({ says, verdicts, named }: { says: string; verdicts: readonly string[]; named: boolean }) {
  return (
    <div className="row">
      {named ? <span className="soft">{say(says)}</span> : null}
      {verdicts.map((verdict, i) => (
        <button key={verdict} type="submit" name="verdict" value={verdict} className={i === 0 ? "primary" : undefined}>
          {say(`verdict.${verdict}`)}
        </button>
      ))}
    </div>
  )
}
