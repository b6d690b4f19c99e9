import { printed } from "@/domain/records/difference"
import type { BodyOf, RecordKind } from "@/domain/records/kinds"
import { labelOf } from "@/domain/records/labels"
import { sidesOf } from "@/domain/records/merge"
import { say } from "@/components/words/catalogue"
import { speakWith } from "@/components/records/speak"

type Props = {
  kind: RecordKind
  recordId: string
  was: BodyOf[RecordKind]
  mine: BodyOf[RecordKind]
  now: BodyOf[RecordKind]
  names: ReadonlyMap<string, string>
}

/** Both sides of a record that moved, field by field: of what both changed one is chosen, the rest goes by itself. */
export function Sides({ kind, recordId, was, mine, now, names }: Props) {
  const sides = sidesOf(was as never, mine as never, now as never)
  const speak = speakWith(names)
  const lines = (body: BodyOf[RecordKind]) => new Map(printed(kind, body, speak).map((one) => [one.path, one.lines]))
  const [ours, theirs] = [lines(mine), lines(now)]
  const labels = (fields: readonly string[]): string => fields.map((field) => labelOf(kind, field)).join(", ")
  return (
    <>
      {sides.both.length ? <p>{say("sides.lede")}</p> : null}
      {sides.both.map((field) => (
        <fieldset key={field}>
          <legend>{labelOf(kind, field)}</legend>
          {(["mine", "theirs"] as const).map((side) => (
            <label key={side} className="choice">
              <input type="radio" name={`take.${field}`} value={side} defaultChecked={side === "mine"} />
              {say(`sides.${side}`, { says: ((side === "mine" ? ours : theirs).get(field) ?? []).join("; ") })}
            </label>
          ))}
        </fieldset>
      ))}
      {sides.theirs.length ? (
        <p className="small">{say("sides.only-theirs", { fields: labels(sides.theirs) })}</p>
      ) : null}
      {sides.mine.length ? <p className="small">{say("sides.only-mine", { fields: labels(sides.mine) })}</p> : null}
      <input type="hidden" name="recordId" value={recordId} />
    </>
  )
}
