import Link from "next/link"
import { say } from "@/components/words/catalogue"
import type { Suggested } from "@/domain/clauses/suggest"
import { meaningOf } from "./clause-list"

/** Where the chosen clause stands: words and page, filled from what is selected on the page, and the verdict. */
export function MarkForm({
  action,
  fileId,
  page,
  item,
  quote,
  wrong,
}: {
  action: string
  fileId: string
  page: number
  item: string
  quote: string
  wrong: string | null
}) {
  return (
    <form id="mark" className="card stack" method="post" action={action} aria-label={say("paper.where")}>
      <h2>
        {meaningOf(item)} <code className="soft">{item}</code>
      </h2>
      <p>{say("paper.help")}</p>
      <input type="hidden" name="item" value={item} />
      <input type="hidden" name="fileId" value={fileId} />
      <input type="hidden" name="area" defaultValue="" />
      <div className="field" data-wrong={wrong ? "" : undefined}>
        <label htmlFor="mark-quote">{say("paper.words")}</label>
        <textarea
          id="mark-quote"
          name="quote"
          rows={3}
          defaultValue={quote}
          aria-describedby={wrong ? "mark-wrong" : undefined}
        />
        {wrong ? (
          <span className="error" id="mark-wrong">
            {say(wrong)}
          </span>
        ) : null}
      </div>
      <div className="field">
        <label htmlFor="mark-page">{say("paper.on-page")}</label>
        <input id="mark-page" className="short" name="page" inputMode="numeric" defaultValue={page} />
      </div>
      <div className="row">
        <button className="primary" type="submit" name="verdict" value="there">
          {say("paper.says-it")}
        </button>
        <button type="submit" name="verdict" value="partly">
          {say("paper.says-part")}
        </button>
        <button type="submit" name="verdict" value="missing">
          {say("paper.says-not")}
        </button>
      </div>
    </form>
  )
}

/** Where the chosen clause may stand, by a plain list of words: only a person says that it does. */
export function Suggestions({
  action,
  fileId,
  found,
  show,
}: {
  action: string
  fileId: string
  found: readonly (Suggested & { words: string })[]
  show: (page: number, words: string) => string
}) {
  if (found.length === 0) return null
  return (
    <section className="card stack" aria-label={say("paper.may-be")}>
      <h2>{say("paper.may-be")}</h2>
      <p className="soft">{say("paper.may-be-help")}</p>
      <ul className="plain-list clause-list">
        {found.map(({ item, place, quote, words }) => (
          <li key={`${place.page}.${place.from}`}>
            <blockquote>{quote}</blockquote>
            <div className="clause-stands">
              <Link className="tall" href={show(place.page, words)} prefetch={false}>
                {say("paper.show", { n: place.page })}
              </Link>
              <form method="post" action={action}>
                <input type="hidden" name="item" value={item} />
                <input type="hidden" name="fileId" value={fileId} />
                <input type="hidden" name="page" value={place.page} />
                <input type="hidden" name="quote" value={words} />
                <button type="submit" name="verdict" value="there">
                  {say("paper.confirm")}
                </button>
              </form>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
