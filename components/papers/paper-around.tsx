import Link from "next/link"
import { say } from "@/components/words/catalogue"
import { textAt } from "@/domain/clauses/compare"
import { findIn } from "@/domain/clauses/find"
import type { PageText } from "@/domain/clauses/words"

type To = (at: { page?: number; words?: string; file?: string }) => string

/** Which page is shown, and the ways to the others. */
export function Pages({
  page,
  count,
  to,
  hidden,
}: {
  page: number
  count: number
  to: To
  hidden: Record<string, string>
}) {
  return (
    <div className="row pages-row">
      {page > 1 ? (
        <Link className="button" href={to({ page: page - 1 })} prefetch={false}>
          {say("paper.earlier")}
        </Link>
      ) : null}
      <span>{say("paper.page-of", { n: page, count })}</span>
      {page < count ? (
        <Link className="button" href={to({ page: page + 1 })} prefetch={false}>
          {say("paper.later")}
        </Link>
      ) : null}
      {count > 2 ? (
        <form className="row" method="get">
          <Hidden fields={hidden} />
          <label htmlFor="go-page">{say("paper.go-to")}</label>
          <input id="go-page" className="short" name="page" inputMode="numeric" defaultValue={page} />
          <button type="submit">{say("paper.go")}</button>
        </form>
      ) : null}
    </div>
  )
}

function Hidden({ fields }: { fields: Record<string, string> }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) =>
        value === "" ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
    </>
  )
}

/** Search in the text of a file: how often, and each place with the words around it. */
export function Search({
  pages,
  words,
  to,
  hidden,
}: {
  pages: readonly PageText[]
  words: string
  to: To
  hidden: Record<string, string>
}) {
  const places = words === "" ? [] : findIn(pages, words)
  return (
    <div className="stack">
      <form className="row" method="get" role="search">
        <Hidden fields={hidden} />
        <label htmlFor="find-words">{say("paper.search")}</label>
        <input id="find-words" name="q" type="search" defaultValue={words} maxLength={300} />
        <button type="submit">{say("paper.go")}</button>
      </form>
      {words === "" ? null : (
        <div role="status">
          <p>{places.length ? say("paper.found", { n: places.length }) : say("paper.found-none")}</p>
          <ul className="plain-list found-places">
            {places.slice(0, 20).map((place) => (
              <li key={`${place.page}.${place.from}`}>
                <Link className="tall" href={to({ page: place.page, words })} prefetch={false}>
                  {say("paper.found-on", { n: place.page })}
                </Link>{" "}
                <span className="soft small">{around(pages, place)}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function around(pages: readonly PageText[], place: { page: number; from: number; toPage: number; to: number }): string {
  const wider = { ...place, from: Math.max(0, place.from - 60), to: place.to + 60 }
  return `… ${textAt(pages, wider).replace(/\s+/g, " ").trim()} …`
}
