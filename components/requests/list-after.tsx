import { StatusTag } from "@/components/ui/status-tag"
import { inARow } from "@/components/records/sharing-sentence"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import type { ListChange, Listed } from "@/domain/requests/public-list"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { MODES } from "@/domain/vocabulary/sharings"
import { termOf, type Term } from "@/domain/vocabulary/term"

const TERMS: Record<Exclude<Listed, "country">, readonly Term[]> = { purpose: PURPOSES, data: DATA_KINDS, mode: MODES }
const TONES = { comes: "review", goes: "quiet", named: "warn" } as const
const MOST = 50

const wordOf = (what: Listed, code: string): string =>
  what === "country" ? countryName(code) : (termOf(TERMS[what], code)?.label ?? code)

const words = (parts: ListChange["more"]): string =>
  parts
    .map(({ what, codes }) =>
      say(`listed.${what}`, { what: inARow(codes.map((code) => wordOf(what, code).toLowerCase())) }),
    )
    .join("; ")

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
                {say(one.change === "comes" ? "listed.with" : "listed.more", { what: words(one.more) })}
              </p>
            ) : null}
            {one.change === "named" && one.less.length ? (
              <p className="small">{say("listed.less", { what: words(one.less) })}</p>
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
