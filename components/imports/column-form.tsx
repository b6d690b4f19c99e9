import { SelectField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { ALL_EQUAL } from "@/domain/imports/join"
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
  near?: number
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
      <Joins joins={joins} chosen={new Set(settings.joins)} />
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

/** So many names are shown to be ticked one by one. */
const SHOWN = 200

/** Names that may be one party: equal ones, and apart from them those that are merely similar. None is ticked by itself. */
function Joins({ joins, chosen }: { joins: readonly Join[]; chosen: ReadonlySet<string> }) {
  const equal = joins.filter((join) => join.near === undefined)
  const similar = joins.filter((join) => join.near !== undefined)
  return (
    <>
      {equal.length ? (
        <fieldset>
          <legend>{say("imports.joins", { n: equal.length })}</legend>
          <p className="soft small">{say("imports.joins-help")}</p>
          <div className="stack">
            <label className="choice">
              <input type="checkbox" name="join" value={ALL_EQUAL} defaultChecked={chosen.has(ALL_EQUAL)} />
              <span>{say("imports.join-all", { n: equal.length })}</span>
            </label>
            <JoinList joins={equal} chosen={chosen} sign="=" />
          </div>
        </fieldset>
      ) : null}
      {similar.length ? (
        <fieldset>
          <legend>{say("imports.similar", { n: similar.length })}</legend>
          <p className="soft small">{say("imports.similar-help")}</p>
          <div className="stack">
            <JoinList joins={similar} chosen={chosen} sign="≈" />
          </div>
        </fieldset>
      ) : null}
    </>
  )
}

function JoinList({ joins, chosen, sign }: { joins: readonly Join[]; chosen: ReadonlySet<string>; sign: string }) {
  // What was chosen before stays in sight, however far down the list it stands.
  const shown = joins.filter((join, i) => i < SHOWN || chosen.has(join.folded))
  return (
    <>
      {shown.map((join) => (
        <label className="choice" key={join.folded}>
          <input type="checkbox" name="join" value={join.folded} defaultChecked={chosen.has(join.folded)} />
          <span>
            {[
              ...new Set([...join.rows.map((row) => row.name), ...join.known.flatMap((one) => one.names.slice(0, 1))]),
            ].join(` ${sign} `)}{" "}
            <span className="soft small">
              {say("imports.join-rows", {
                rows: join.rows
                  .map((row) => row.row)
                  .slice(0, 8)
                  .join(", "),
              })}
              {join.known.length ? ` ${say("imports.join-known", { name: join.known[0]?.names[0] ?? "" })}` : ""}
              {join.near === undefined ? "" : ` · ${say("imports.join-near", { n: join.near })}`}
            </span>
          </span>
        </label>
      ))}
      {joins.length > shown.length ? (
        <p className="soft small">{say("findings.more", { n: joins.length - shown.length })}</p>
      ) : null}
    </>
  )
}
