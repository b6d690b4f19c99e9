import { say } from "@/components/words/catalogue"

/** Asks for the records of Article 30 of one company as one file. */
export function Article30Form({ entities }: { entities: readonly { id: string; name: string }[] }) {
  return (
    <form className="card stack" method="get" action="/api/v1/exports/article-30">
      <h2>{say("article-30.title")}</h2>
      <p className="soft">{say("article-30.lede")}</p>
      <div className="field">
        <label htmlFor="article-30-entity">{say("article-30.entity")}</label>
        <select id="article-30-entity" name="entity" required>
          {entities.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="article-30-as-of">{say("exports.as-of")}</label>
        <span className="help" id="article-30-as-of-help">
          {say("exports.as-of-help")}
        </span>
        <input id="article-30-as-of" name="as-of" type="date" aria-describedby="article-30-as-of-help" />
      </div>
      <p className="row">
        <button type="submit" name="form" value="xlsx">
          {say("article-30.xlsx")}
        </button>
        <button type="submit" name="form" value="pdf">
          {say("article-30.pdf")}
        </button>
      </p>
    </form>
  )
}
