import type { ReactNode } from "react"
import { say } from "@/components/words/catalogue"
import { findIn } from "@/domain/clauses/find"
import type { PageText } from "@/domain/clauses/words"
import type { Mark } from "@/domain/records/agreement"
import { PageReader } from "./page-reader"

export type ShownMark = { item: string; meaning: string; quote: string; area: Mark["area"]; here: boolean }

/** One page of a file: as it looks where script runs, and its text, in which what is marked stands out. */
export function PaperPage({
  fileId,
  page,
  text,
  marks,
  words,
  takes,
}: {
  fileId: string
  page: PageText
  text: boolean
  marks: readonly ShownMark[]
  /** Searched for: stands out as well. */
  words: string
  /** The form that takes selected words, by its id; null where nothing is marked. */
  takes: string | null
}) {
  return (
    <>
      <PageReader
        src={`/api/v1/files/${fileId}`}
        page={page.page}
        marks={marks.map(({ item, meaning, quote, area, here }) => ({
          label: `${item}: ${meaning}`,
          quote,
          area,
          here,
        }))}
        words={words}
        takes={takes}
        say={{
          picture: say("paper.picture", { n: page.page }),
          drawing: say("paper.drawing"),
          failed: say("paper.not-drawn"),
        }}
      />
      {text ? (
        <details className="page-text">
          <summary>{say("paper.text", { n: page.page })}</summary>
          <div className="page-words">
            <Marked page={page} quotes={[...marks.map(({ quote }) => quote), words]} />
          </div>
        </details>
      ) : null}
    </>
  )
}

/** The text with the quoted stretches marked; stretches that overlap are one. */
function Marked({ page, quotes }: { page: PageText; quotes: readonly string[] }) {
  const stretches = quotes
    .flatMap((quote) => findIn([page], quote))
    .map(({ from, to }) => ({ from, to }))
    .toSorted((a, b) => a.from - b.from)
  const parts: ReactNode[] = []
  let at = 0
  for (const { from, to } of stretches) {
    if (to <= at) continue
    const begin = Math.max(from, at)
    parts.push(page.text.slice(at, begin), <mark key={begin}>{page.text.slice(begin, to)}</mark>)
    at = to
  }
  return (
    <>
      {parts}
      {page.text.slice(at)}
    </>
  )
}
