import { printed, says } from "@/domain/records/difference"
import type { RecordKind } from "@/domain/records/kinds"
import { say } from "@/components/words/catalogue"
import { speakWith } from "./speak"

/** A record in words: what is answered first, what is not folded away and counted. */
export function RecordView({
  kind,
  body,
  names,
  hide = [],
}: {
  kind: RecordKind | "entity"
  body: unknown
  names: ReadonlyMap<string, string>
  hide?: readonly string[]
}) {
  const speak = speakWith(names)
  const all = printed(kind, body, speak).filter((item) => !hide.includes(item.path))
  const said = all.filter((item) => says(item.lines, speak))
  const open = all.filter((item) => !said.includes(item))
  return (
    <>
      <dl>
        {said.map((item) => (
          <Entry key={item.path} label={item.label} lines={item.lines} />
        ))}
      </dl>
      {open.length ? (
        <details>
          <summary className="soft">{say("record.unanswered", { n: open.length })}</summary>
          <dl>
            {open.map((item) => (
              <Entry key={item.path} label={item.label} lines={item.lines} />
            ))}
          </dl>
        </details>
      ) : null}
    </>
  )
}

function Entry({ label, lines }: { label: string; lines: string[] }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {lines.map((line, i) => (
          <div key={i}>{line}</div>
        ))}
      </dd>
    </>
  )
}
