import type { ReactNode } from "react"
import { difference, says, type Differing } from "@/domain/records/difference"
import type { RecordKind } from "@/domain/records/kinds"
import { say } from "@/components/words/catalogue"
import { speakWith } from "./speak"

type Props = {
  kind: RecordKind
  before: unknown
  after: unknown
  names: ReadonlyMap<string, string>
  /** What stands beside a field that changes, by its path; and the id of its place. */
  beside?: (path: string, label: string) => ReactNode
  idOf?: (path: string) => string
  /** The same for a field that stays as it is. */
  besideSame?: (path: string, label: string) => ReactNode
}

/** What changes, field by field: what is new, what was and what will be; what stays is folded away. */
export function Difference({ kind, before, after, names, beside, idOf, besideSame }: Props) {
  const speak = speakWith(names)
  const all = difference(kind, before, after, speak)
  const changed = all.filter((item) => item.change !== "same" && (before !== null || says(item.after, speak)))
  const rest = all.filter((item) => !changed.includes(item))
  return (
    <>
      <dl>
        {changed.map((item) => (
          <Line key={item.path} item={item} isNew={before === null} {...{ beside, idOf }} />
        ))}
      </dl>
      {rest.length ? (
        <details>
          <summary className="soft">
            {say(before === null ? "difference.blank" : "difference.same", { n: rest.length })}
          </summary>
          <dl>
            {rest.map((item) => (
              <Line key={item.path} item={item} isNew {...{ idOf, beside: besideSame }} />
            ))}
          </dl>
        </details>
      ) : null}
    </>
  )
}

function Line(props: {
  item: Differing
  isNew: boolean
  beside?: Props["beside"] | undefined
  idOf?: Props["idOf"] | undefined
}) {
  const { item, isNew, beside, idOf } = props
  return (
    <>
      <dt id={idOf?.(item.path)}>{item.label}</dt>
      <dd>
        <Many lines={isNew ? item.after : []} />
        {isNew
          ? null
          : item.before.map((line, i) => (
              <div key={`b${i}`}>{item.after.includes(line) ? line : <del className="was">{line}</del>}</div>
            ))}
        {isNew
          ? null
          : item.after
              .filter((line) => !item.before.includes(line))
              .map((line, i) => (
                <div key={`a${i}`}>
                  <ins className="will">{line}</ins>
                </div>
              ))}
        {beside?.(item.path, item.label)}
      </dd>
    </>
  )
}

const SHOWN = 6

/** Lines of one answer; the long tail is folded, and counted. */
function Many({ lines }: { lines: readonly string[] }) {
  const each = (line: string, i: number) => <div key={i}>{line}</div>
  if (lines.length <= SHOWN + 1) return <>{lines.map(each)}</>
  return (
    <>
      {lines.slice(0, SHOWN).map(each)}
      <details>
        <summary className="soft small">{say("findings.more", { n: lines.length - SHOWN })}</summary>
        {lines.slice(SHOWN).map(each)}
      </details>
    </>
  )
}
