import { findingWords } from "@/components/checks/finding-words"
import { say } from "@/components/words/catalogue"
import type { BeforeAfter } from "@/domain/requests/before-after"

type Line = { clause: string; says: string; params: Readonly<Record<string, string>>; recordId: string }
const PARTS = ["cured", "brought", "left"] as const
const MOST = 50

/** What a request does to what is found: counted in a sentence, and each list one step away. */
export function BeforeAfterCard({ said, titles }: { said: BeforeAfter; titles: ReadonlyMap<string, string> }) {
  const counts = { cured: said.cured.length, brought: said.brought.length, left: said.left.length }
  const nothing = counts.cured + counts.brought + counts.left === 0
  return (
    <section className="card stack" aria-label={say("after.title")}>
      <h2>{say("after.title")}</h2>
      <p>{nothing ? say("after.none") : say("after.line", counts)}</p>
      {PARTS.filter((part) => said[part].length > 0).map((part) => (
        <details key={part} open={part === "brought"}>
          <summary>
            {say(`after.${part}`)} ({said[part].length})
          </summary>
          <ul>
            {said[part].slice(0, MOST).map((one: Line, i) => (
              <li key={`${one.recordId}${one.clause}${i}`} className="small">
                {part === "cured" ? <del className="was">{words(one)}</del> : words(one)}{" "}
                <span className="soft">
                  {one.clause}
                  {titles.get(one.recordId) ? `, ${titles.get(one.recordId)}` : ""}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  )
}

const words = (one: Line): string => findingWords({ says: one.says, params: { ...one.params } })
