import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import type { ListChange } from "@/domain/requests/public-list"
import { listedWords } from "./listed-words"

const TONES = { comes: "review", goes: "quiet", named: "warn" } as const
const MOST = 50

/** What the public list of recipients says otherwise once the request is approved: who comes, who goes, who is named how. */
export function ListAfterCard(props: {
  changes: readonly (ListChange & { name: string })[]
  renamed: readonly { partyId: string; was: string; is: string }[]
  entities: readonly { id: string; entity: { legalName: string } }[]
}) {
  const { changes, renamed, entities } = props
  const companyOf = (id: string): string =>
    entities.find((one) => one.id === id)?.entity.legalName ?? say("story.company")
  return (
    <section className="card stack" aria-labelledby="list-after">
      <h2 id="list-after">{say("listed.title")}</h2>
      {changes.length + renamed.length === 0 ? <p className="soft">{say("listed.none")}</p> : null}
      <ul className="plain-list stack">
        {changes.slice(0, MOST).map((one) => (
          <li key={one.entityId + one.partyId}>
            <div className="row">
              <strong>{one.name}</strong>
              <StatusTag tone={TONES[one.change]}>{say(`listed.${one.change}`)}</StatusTag>
              <span className="soft small">{companyOf(one.entityId)}</span>
            </div>
            {one.change !== "goes" && one.more.length ? (
              <p className="small">
                {say(one.change === "comes" ? "listed.with" : "listed.more", { what: listedWords(one.more) })}
              </p>
            ) : null}
            {one.change === "named" && one.less.length ? (
              <p className="small">{say("listed.less", { what: listedWords(one.less) })}</p>
            ) : null}
          </li>
        ))}
        {renamed.map((one) => (
          <li key={one.partyId}>{say("listed.renamed", { was: one.was, is: one.is })}</li>
        ))}
      </ul>
      {changes.length > MOST ? <p className="soft small">{say("touched.rest", { n: changes.length - MOST })}</p> : null}
      {changes.length + renamed.length > 0 ? <p className="soft small">{say("listed.help")}</p> : null}
    </section>
  )
}
