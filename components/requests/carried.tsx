import { say } from "@/components/words/catalogue"
import { slightWords, whyWords } from "./carried-words"

/** Where a decision was kept from: an earlier revision, in which nothing that it looked at was otherwise. */
export function KeptFrom({ revision, because }: { revision: number; because: readonly string[] }) {
  return (
    <p className="soft small">
      {because.length
        ? say("carried.kept-slight", { n: revision, what: slightWords(because) })
        : say("carried.kept", { n: revision })}
    </p>
  )
}

export type WithdrawnView = { personId: string; verdict: string; revision: number; because: readonly string[] }

/** Decisions that the current revision withdrew: struck through, with why, and never green. */
export function Withdrawn({
  list,
  names,
  now,
}: {
  list: readonly WithdrawnView[]
  names: Readonly<Record<string, string>>
  now: number
}) {
  return list.map((one) => (
    <div key={one.personId + one.revision} className="small withdrawn">
      <del className="was">
        {names[one.personId] ?? say("talk.somebody")}: {say(`decided.${one.verdict}`)}
      </del>
      <div className="soft">
        {one.because.length
          ? say("carried.withdrawn", { n: now, why: whyWords(one.because) })
          : say("carried.withdrawn-plain", { n: now })}
      </div>
    </div>
  ))
}
