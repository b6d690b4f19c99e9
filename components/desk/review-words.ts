import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { termOf } from "@/domain/vocabulary/term"

type Line = {
  kind: string
  rule: string
  sinceOn: string | null
  length: number | null
  dueOn: string | null
  about: string | null
}

/** The arithmetic of a review's day, in words. */
export function whyThen(line: Pick<Line, "rule" | "sinceOn" | "length" | "dueOn">): string {
  return say(`reviews.rule.${line.rule}`, {
    from: line.sinceOn ? dayWords(line.sinceOn) : "",
    due: line.dueOn ? dayWords(line.dueOn) : "",
    n: line.length ?? 0,
  })
}

/** What a review asks, with the kind of data that it asks it of. */
export function reviewWords(line: Pick<Line, "kind" | "about">): string {
  const what = say(`reviews.kind.${line.kind}`)
  const about = line.kind === "necessity" && line.about ? termOf(DATA_KINDS, line.about)?.label : null
  return about ? `${what} ${about}` : what
}
