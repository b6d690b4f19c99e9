import { SelectField, TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { WITHHELD_FOR } from "@/domain/redactions/redaction"

type PageShown = { page: number; begins: string }

/** Up to so many pages are chosen one by one; of longer files by their numbers alone. */
export const ONE_BY_ONE = 60

/** Which pages are withheld and why: each page by itself, and several by their numbers. */
export function RedactionForm(props: {
  agreementId: string
  fileId: string
  pages: readonly PageShown[]
  ranges: number
  typed: (name: string) => string
  error: string | null
}) {
  const { typed } = props
  const reasons = WITHHELD_FOR.map((value) => ({ value, label: say(`redaction.reason.${value}`) }))
  return (
    <form className="card stack" method="post" action="/api/v1/redactions">
      <input type="hidden" name="agreementId" value={props.agreementId} />
      <input type="hidden" name="fileId" value={props.fileId} />
      {props.error ? (
        <p className="error" id="withheld-error">
          {props.error}
        </p>
      ) : null}
      {props.pages.length <= ONE_BY_ONE ? (
        <div className="scroll" role="region" aria-label={say("redaction.pages")} tabIndex={0}>
          <table className="list">
            <caption>{say("redaction.pages")}</caption>
            <thead>
              <tr>
                {["pages", "begins", "words-head"].map((column) => (
                  <th key={column} scope="col">
                    {say(`redaction.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {props.pages.map(({ page, begins }) => (
                <tr key={page}>
                  <th scope="row">
                    <SelectField
                      name={`reason.${page}`}
                      label={say("redaction.why", { n: page })}
                      value={typed(`reason.${page}`)}
                      options={[{ value: "", label: say("redaction.keep") }, ...reasons]}
                    />
                  </th>
                  <td className="soft small">{begins === "" ? say("redaction.no-words") : begins}</td>
                  <td>
                    <input
                      name={`words.${page}`}
                      aria-label={say("redaction.words", { n: page })}
                      defaultValue={typed(`words.${page}`)}
                      maxLength={300}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      <fieldset className="stack">
        <legend>{say("redaction.many")}</legend>
        {Array.from({ length: props.ranges }, (_, i) => i + 1).map((n) => (
          <div key={n} className="row">
            <TextField
              name={`pages.${n}`}
              label={say("redaction.many-pages", { n })}
              help={say("redaction.many-help")}
              value={typed(`pages.${n}`)}
            />
            <SelectField
              name={`for.${n}`}
              label={say("redaction.many-reason", { n })}
              value={typed(`for.${n}`) || WITHHELD_FOR[0]}
              options={reasons}
            />
            <TextField
              name={`forWords.${n}`}
              label={say("redaction.many-words", { n })}
              value={typed(`forWords.${n}`)}
            />
          </div>
        ))}
      </fieldset>
      <p className="soft">{say("redaction.what-it-is-not")}</p>
      <p>{say("redaction.look-first")}</p>
      <div className="row">
        <button type="submit" formAction="/api/v1/redactions/preview">
          {say("redaction.preview")}
        </button>
        <button className="primary" type="submit">
          {say("redaction.make")}
        </button>
      </div>
    </form>
  )
}
