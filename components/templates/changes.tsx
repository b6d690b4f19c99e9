import { say } from "@/components/words/catalogue"
import type { Change } from "@/domain/templates/back"

/** What differs between a paper that was sent and what came back, each with the clause in which it falls. */
export function ChangesByClause({ changes }: { changes: readonly Change[] }) {
  return (
    <section className="card stack compared" aria-labelledby="by-clause">
      <h2 id="by-clause">{say("sent.change")}</h2>
      <ol className="plain-list">
        {changes.map(({ removed, added, where: { number: no, ...where } }, i) => (
          <li key={i}>
            <strong>
              {no
                ? where.heading
                  ? say("sent.where-heading", { number: no.replace(/\.$/, ""), heading: where.heading })
                  : say("sent.where", { number: no.replace(/\.$/, "") })
                : (where.heading ?? say("sent.where-none"))}
            </strong>
            {where.items.length ? ` (${say("sent.where-items", { items: where.items.join(", ") })})` : ""}:{" "}
            {removed ? (
              <del>
                <span className="unseen">{say("sent.gone")} </span>
                {removed}
              </del>
            ) : null}{" "}
            {added ? (
              <ins>
                <span className="unseen">{say("sent.new")} </span>
                {added}
              </ins>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
