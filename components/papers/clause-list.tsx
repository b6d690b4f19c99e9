import Link from "next/link"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import type { Agreement } from "@/domain/records/agreement"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"

export type ClauseLine = Agreement["checklist"][number]

const TONE = { there: "good", partly: "warn", missing: "bad", again: "warn" } as const
const ITEMS = new Map(
  Object.values(CHECKLISTS)
    .flat()
    .map((line) => [line.item, line] as const),
)

/** What an item of a checklist asks for, in words; the item itself where it is one of a company's own. */
export function meaningOf(item: string): string {
  return ITEMS.get(item)?.meaning ?? item
}

/** Whether somebody still has to look for it. */
export function isOpen({ verdict }: ClauseLine): boolean {
  return verdict === "missing" || verdict === "again"
}

/** Every clause that a paper has to say: how it stands, where, and the way to its place; `choose` leads to marking it. */
export function ClauseList({
  lines,
  files,
  active,
  show,
  choose,
}: {
  lines: readonly ClauseLine[]
  files: Agreement["files"]
  active: string | null
  show: (line: ClauseLine) => string
  choose: ((item: string) => string) | null
}) {
  const names = new Map<string, string>(files.map((file) => [file.fileId, file.name]))
  return (
    <section className="card stack" aria-label={say("paper.clauses")}>
      <h2>{say("paper.clauses")}</h2>
      <p className="soft">
        {say("paper.done-of", { done: lines.filter((line) => !isOpen(line)).length, all: lines.length })}
      </p>
      <ul className="plain-list clause-list">
        {lines.map((line) => {
          const page = valueOf(line.page)
          const asked = ITEMS.get(line.item)?.requiredBy
          return (
            <li key={line.item} aria-current={line.item === active ? "true" : undefined}>
              <div>
                <strong>{meaningOf(line.item)}</strong> <code className="soft">{line.item}</code>
                {asked ? <div className="soft small">{say("paper.asked-by", { clauses: asked })}</div> : null}
              </div>
              <div className="clause-stands">
                <StatusTag tone={TONE[line.verdict]}>{say(`verdict-of.${line.verdict}`)}</StatusTag>
                {line.fileId && page !== null ? (
                  <Link className="tall" href={show(line)} prefetch={false}>
                    {say("paper.item-at", { file: names.get(line.fileId) ?? "", n: page })}
                  </Link>
                ) : null}
                {!choose ? null : line.item === active ? (
                  <span className="soft">{say("paper.chosen")}</span>
                ) : (
                  <Link
                    className="tall"
                    href={choose(line.item)}
                    prefetch={false}
                    aria-label={`${say("paper.choose")}: ${meaningOf(line.item)}`}
                  >
                    {say("paper.choose")}
                  </Link>
                )}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
