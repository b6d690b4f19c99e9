import { FacetPanel, FilterChips, type FacetView } from "@/components/table/facets"
import { addressOf, carried, parseState } from "@/components/table/url-state"
import { ReviewTable } from "@/components/requests/review-table"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { PACKS } from "@/domain/packs/all"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { termOf, type Term } from "@/domain/vocabulary/term"
import { REVIEW_FACETS, reviewOfRequest, type ReviewOfRequest } from "@/usecases/requests/review-request"
import type { Scene } from "@/usecases/scene"
import { one, shown } from "@/app/page-frame"

type Sent = Record<string, string | string[] | undefined>

const TITLES = new Map(PACKS.flatMap((pack) => pack.clauses.map((clause) => [clause.id, clause.title] as const)))

const LABELS: Record<string, (value: string) => string> = {
  record: (value) => say(`kind.${value}`),
  kind: (value) => termOf(PARTY_KINDS as readonly Term[], value)?.label ?? value,
  country: countryName,
  enters: (value) => say(`review.enters.${value}`),
  unknown: (value) => say(`review.unknown.${value}`),
  due: dayWords,
  near: (value) => say(`review.near.${value}`),
}

/** A request of many records by facets: each count leads to its lines, each line to the whole of its record. */
export async function Review({
  scene,
  id,
  words,
  part,
}: {
  scene: Scene
  id: string
  words: Sent
  /** Whether this person may send a part back. */
  part: boolean
}) {
  const path = `/requests/${id}`
  const state = parseState(words, REVIEW_FACETS, ["name"])
  const show = one(words, "show").slice(0, 40)
  const { q, filters, excluded, after, size } = state
  const page = shown(await reviewOfRequest(scene, { id, q, filters, excluded, size, after: after.slice(0, 80) }))
  const facets: FacetView[] = REVIEW_FACETS.map((facet) => ({
    facet,
    label: say(`review.facet.${facet}`),
    labelOf: (value) => labelOf(page, facet, value),
    counts: page.facets[facet] ?? [],
  }))
  const hrefOf = (recordId: string): string => {
    const address = addressOf(path, state)
    return `${address}${address.includes("?") ? "&" : "?"}show=${recordId}#shown`
  }
  return (
    <section className="stack" aria-label={say("request.proposes")}>
      <h2>
        {say("review.title", { n: page.whole })}{" "}
        {page.total === page.whole ? null : <span className="soft">{say("review.matching", { n: page.total })}</span>}
      </h2>
      <p className="soft small">{say("review.help")}</p>
      <p>
        <a href="#decide">{say("review.decide")}</a>
      </p>
      <FilterChips path={path} state={state} facets={facets} />
      <div className="with-facets">
        <FacetPanel path={path} state={state} facets={facets} />
        <Lines {...{ path, state, page, part, show, hrefOf }} />
      </div>
    </section>
  )
}

/** What a value of a facet is called: a clause by its title, in the words of our own text where we have one. */
function labelOf({ facets, clauses }: ReviewOfRequest, facet: string, value: string): string {
  if (facet === "owner")
    return (facets.owner ?? []).find((item) => item.value === value)?.label ?? say("review.owner-hidden")
  if (facet === "blocked") return `${value} ${clauses[value] ?? TITLES.get(value) ?? ""}`.trim()
  return LABELS[facet]?.(value) ?? value
}

type LinesOf = {
  path: string
  state: ReturnType<typeof parseState>
  page: ReviewOfRequest
  part: boolean
  show: string
  hrefOf: (recordId: string) => string
}

/** One form around the lines: its buttons turn the page or send back, and either way no tick is forgotten. */
function Lines({ path, state, page, part, show, hrefOf }: LinesOf) {
  const here = new Set(page.rows.map((item) => item.recordId))
  const ticks = state.ticks ?? []
  const elsewhere = ticks.filter((id) => !here.has(id)).length
  return (
    <form className="card stack" action={path}>
      {carried(state, here).map(([name, value]) => (
        <input key={name + value} type="hidden" name={name} value={value} />
      ))}
      {page.rows.length ? (
        <ReviewTable
          rows={page.rows}
          caption={say("review.caption")}
          ticked={part ? new Set(ticks) : null}
          near={page.near}
          shown={show}
          hrefOf={hrefOf}
        />
      ) : (
        <p className="soft">{say("list.nothing")}</p>
      )}
      {elsewhere ? <p className="small">{say("list.ticked-elsewhere", { n: elsewhere })}</p> : null}
      <div className="row">
        {state.after ? (
          <button type="submit" name="after" value="">
            {say("list.first")}
          </button>
        ) : null}
        {page.next ? (
          <button type="submit" name="after" value={page.next}>
            {say("list.more")}
          </button>
        ) : null}
      </div>
      {part && page.rows.length ? (
        <fieldset className="stack">
          <legend>{say("part.legend")}</legend>
          <p className="soft small">{say("part.help")}</p>
          <div className="row">
            <button type="submit" formAction={`${path}/part`}>
              {say("part.ticked")}
            </button>
            {page.total < page.whole ? (
              <button type="submit" formAction={`${path}/part`} name="all" value="yes">
                {say("part.matching", { n: page.total })}
              </button>
            ) : null}
          </div>
        </fieldset>
      ) : null}
    </form>
  )
}
