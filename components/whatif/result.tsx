import Link from "next/link"
import { On } from "@/components/ui/when"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { PURPOSES } from "@/domain/vocabulary/purposes"
import { termOf } from "@/domain/vocabulary/term"
import { CHANGES, type Change } from "@/domain/whatif/compare"
import type { Affected, Group, Part, Summary } from "@/domain/whatif/result"
import { counted, mendWords, peopleWords, summaryWords, whyWords } from "./what-if-words"

export type ShownChange = Exclude<Change, "unchanged">
const SHOWN = CHANGES.filter((change): change is ShownChange => change !== "unchanged")

/** The part that a page shows first: the first that holds anything. */
export function firstPart(summary: Summary): ShownChange {
  return SHOWN.find((change) => summary.parts[change].tally.sharings > 0) ?? "uncovered"
}

/** What would come of it, in words: the sentence first, then people and how much was looked at. */
export function Summed({ summary }: { summary: Summary }) {
  const [first, ...more] = summaryWords(summary)
  const people = peopleWords(summary)
  return (
    <>
      <p className="lede">
        <strong>{first}</strong> {more.join(" ")}
      </p>
      <p className="soft">
        {people ? `${people} ` : ""}
        {say("whatif.says.looked", { n: summary.candidates })}
      </p>
    </>
  )
}

/** The sharings of one part, with the way to the others and to the next page. */
export function ResultTable(props: {
  summary: Summary
  change: ShownChange
  lines: readonly Affected[]
  names: Record<string, string>
  next: number | null
  at: (words: Record<string, string>) => string
}) {
  const { summary, change, lines, at } = props
  const there = SHOWN.filter((one) => summary.parts[one].tally.sharings > 0)
  if (there.length === 0) return <p className="card soft">{say("whatif.nothing")}</p>
  return (
    <section className="card stack" aria-labelledby="sharings">
      <nav className="tabs" aria-label={say("whatif.title")}>
        {there.map((one) => (
          <Link
            key={one}
            href={at({ change: one })}
            aria-current={one === change ? "page" : undefined}
            prefetch={false}
          >
            {say(`whatif.tab.${one}`)} {counted(summary.parts[one].tally.sharings)}
          </Link>
        ))}
      </nav>
      <h2 id="sharings">{say(`whatif.table.${change}`)}</h2>
      <div className="scroll" role="region" aria-labelledby="sharings" tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              {["sharing", "company", "party", "from", "people", "why", "mend"].map((column) => (
                <th key={column} scope="col">
                  {say(`whatif.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <Line key={line.id} line={line} names={props.names} />
            ))}
          </tbody>
        </table>
      </div>
      {props.next === null ? null : (
        <p>
          <Link className="button" href={at({ change, after: String(props.next) })} prefetch={false}>
            {say("list.more")}
          </Link>
        </p>
      )}
    </section>
  )
}

function Line({ line, names }: { line: Affected; names: Record<string, string> }) {
  return (
    <tr>
      <th scope="row">
        <Link className="tall" href={`/sharings/${line.id}`} prefetch={false}>
          {line.title}
        </Link>
      </th>
      <td>{names[line.entityId] ?? ""}</td>
      <td>
        {line.partyId ? (
          <Link className="tall" href={`/parties/${line.partyId}`} prefetch={false}>
            {line.partyName}
          </Link>
        ) : (
          <span className="soft">{say("flow.hidden-party")}</span>
        )}
      </td>
      <td>
        <On day={line.from} />
      </td>
      <td>
        {line.people === null ? <span className="soft">{say("whatif.people-unknown")}</span> : counted(line.people)}{" "}
        {line.minors ? <StatusTag tone="warn">{say("whatif.minors")}</StatusTag> : null}
      </td>
      <td>
        <Sentences list={whyWords(line)} />
      </td>
      <td>
        <Sentences list={mendWords(line)} />
      </td>
    </tr>
  )
}

function Sentences({ list }: { list: readonly string[] }) {
  if (list.length < 2) return <>{list[0] ?? ""}</>
  return (
    <ul className="plain-list">
      {list.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

/** The same sharings counted by company, purpose and kind of data. */
export function Groups({ part, names }: { part: Part; names: Record<string, string> }) {
  if (part.tally.sharings === 0) return null
  const wordsOf = {
    entities: (key: string) => names[key] ?? "",
    purposes: (key: string) => termOf(PURPOSES, key)?.label ?? key,
    dataKinds: (key: string) => termOf(DATA_KINDS, key)?.label ?? key,
  }
  return (
    <details className="card" open>
      <summary>{say("whatif.groups")}</summary>
      <div className="stack">
        {(["entities", "purposes", "dataKinds"] as const).map((by) => (
          <GroupTable key={by} by={by} groups={part[by]} wordsOf={wordsOf[by]} />
        ))}
      </div>
    </details>
  )
}

function GroupTable({
  by,
  groups,
  wordsOf,
}: {
  by: string
  groups: readonly Group[]
  wordsOf: (key: string) => string
}) {
  if (groups.length === 0) return null
  return (
    <div className="scroll" role="region" aria-labelledby={`by-${by}`} tabIndex={0}>
      <table className="list">
        <caption id={`by-${by}`}>{say(`whatif.group.${by}`)}</caption>
        <thead>
          <tr>
            {["name", "sharings", "minors", "people", "unknown"].map((column) => (
              <th key={column} scope="col">
                {say(`whatif.group.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, tally }) => (
            <tr key={key}>
              <th scope="row">{wordsOf(key)}</th>
              <td data-label={say("whatif.group.sharings")}>{counted(tally.sharings)}</td>
              <td data-label={say("whatif.group.minors")}>{counted(tally.minors)}</td>
              <td data-label={say("whatif.group.people")}>{counted(tally.people)}</td>
              <td data-label={say("whatif.group.unknown")}>{counted(tally.unknownPeople)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
