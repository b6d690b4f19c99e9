import { say } from "@/components/words/catalogue"
import { Bars, Fills } from "./marks"

const ALL = { days: { from: null, to: null }, x: 0, width: 1000, cutFrom: false, cutTo: false }
const SIGNS = [
  ["held", "mark-strand", "piece.held"],
  ["held", "mark-covered", "piece.covered"],
  ["gap", "", "piece.covered-gap"],
  ["held", "mark-approved", "piece.approved"],
  ["found", "", "piece.found"],
] as const

/** What the fills of a picture of days mean; `strands` where it shows them apart. */
export function Legend({ strands }: { strands: boolean }) {
  return (
    <ul className="legend small" aria-label={say("picture.legend")}>
      {SIGNS.filter(([, fill]) => strands || fill !== "mark-strand").map(([kind, fill, words]) => (
        <li key={words}>
          <svg width="28" height="12" aria-hidden="true" focusable="false">
            <Fills id={`legend-${words.slice(6)}`} />
            <Bars id={`legend-${words.slice(6)}`} pieces={[{ ...ALL, kind }]} y={0} height={12} held={fill} />
          </svg>
          {say(words)}
        </li>
      ))}
    </ul>
  )
}
