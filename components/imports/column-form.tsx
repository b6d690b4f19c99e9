import { SelectField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { TARGET_FIELDS } from "@/domain/imports/columns"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { MODES } from "@/domain/vocabulary/sharings"

type Settings = {
  header: readonly string[]
  sample: readonly (readonly string[])[]
  map: Readonly<Record<number, string>>
  mode: string | null
  kind: string | null
  joins: readonly string[]
}
type Join = {
  folded: string
  rows: readonly { row: number; name: string }[]
  known: readonly { names: readonly string[] }[]
}

/** What each column means, corrected by hand; what a row means that does not say it; which names are one party. */
export function ColumnForm(props: {
  id: string
  vendors: boolean
  settings: Settings
  joins: readonly Join[]
  again: boolean
}) {
  const { id, vendors, settings, joins, again } = props
  return (
    <form className="card stack" method="post" action={`/api/v1/imports/${id}/columns`}>
      <h2>{say(vendors ? "imports.vendors" : "imports.columns")}</h2>
      {vendors ? <p className="soft">{say("imports.vendors-help")}</p> : <Columns settings={settings} />}
      {vendors ? null : (
        <div className="row end">
          <SelectField
            name="mode"
            label={say("imports.mode")}
            value={settings.mode ?? ""}
            options={[
              { value: "", label: say("imports.says-itself") },
              ...MODES.map((mode) => ({ value: mode.code, label: mode.label })),
            ]}
          />
          <SelectField
            name="kind"
            label={say("imports.kind")}
            value={settings.kind ?? ""}
            options={[
              { value: "", label: say("imports.says-itself") },
              ...PARTY_KINDS.map((kind) => ({ value: kind.code, label: kind.label })),
            ]}
          />
        </div>
      )}
      {joins.length ? <Joins joins={joins} chosen={new Set(settings.joins)} /> : null}
      <button className={again ? undefined : "primary"} type="submit">
        {say(again ? "imports.try-again" : "imports.try")}
      </button>
    </form>
  )
}

function Columns({ settings }: { settings: Settings }) {
  return (
    <div className="scroll" role="region" aria-label={say("imports.columns")} tabIndex={0}>
      <table className="list">
        <thead>
          <tr>
            <th scope="col">{say("imports.column.header")}</th>
            <th scope="col">{say("imports.column.means")}</th>
            <th scope="col">{say("imports.column.sample")}</th>
          </tr>
        </thead>
        <tbody>
          {settings.header.map((name, place) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>
                <select
                  name={`column.${place}`}
                  defaultValue={settings.map[place] ?? "extra"}
                  aria-label={say("imports.means-of", { name })}
                >
                  {["extra", "ignore", ...TARGET_FIELDS].map((target) => (
                    <option key={target} value={target}>
                      {say(`import.target.${target}`)}
                    </option>
                  ))}
                </select>
              </td>
              <td className="soft small">
                {settings.sample
                  .slice(0, 3)
                  .map((cells) => (cells[place] ?? "").slice(0, 60))
                  .filter(Boolean)
                  .join(" · ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Joins({ joins, chosen }: { joins: readonly Join[]; chosen: ReadonlySet<string> }) {
  return (
    <fieldset>
      <legend>{say("imports.joins", { n: joins.length })}</legend>
      <p className="soft small">{say("imports.joins-help")}</p>
      <div className="stack">
        {joins.slice(0, 200).map((join) => (
          <label className="choice" key={join.folded}>
            <input type="checkbox" name="join" value={join.folded} defaultChecked={chosen.has(join.folded)} />
            <span>
              {[...new Set(join.rows.map((row) => row.name))].join(" = ")}{" "}
              <span className="soft small">
                {say("imports.join-rows", {
                  rows: join.rows
                    .map((row) => row.row)
                    .slice(0, 8)
                    .join(", "),
                })}
                {join.known.length ? ` ${say("imports.join-known", { name: join.known[0]?.names[0] ?? "" })}` : ""}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
