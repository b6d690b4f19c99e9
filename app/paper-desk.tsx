import Link from "next/link"
import type { ReactNode } from "react"
import { ClauseList, isOpen, meaningOf } from "@/components/papers/clause-list"
import { MarkForm, Suggestions } from "@/components/papers/mark-form"
import { Pages, Search } from "@/components/papers/paper-around"
import { PaperPage } from "@/components/papers/paper-page"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { textAt } from "@/domain/clauses/compare"
import { linesOf } from "@/domain/clauses/marks"
import { suggestPlaces } from "@/domain/clauses/suggest"
import type { Agreement } from "@/domain/records/agreement"
import type { PaperText } from "@/usecases/papers/paper-text"
import { one } from "./page-frame"

export type Said = Record<string, string | string[] | undefined>

/** What is asked of the reader by its address: file, page, clause, words that are searched for. */
export function askedOf(
  said: Said,
  files: Agreement["files"],
): { file: string; page: number; clause: string; words: string } {
  const wanted = one(said, "file")
  const file = files.find(({ fileId }) => fileId === wanted) ?? files[0]
  const page = Number(one(said, "page"))
  return {
    file: file?.fileId ?? "",
    page: Number.isInteger(page) && page > 0 && page <= 100_000 ? page : 1,
    clause: one(said, "clause").slice(0, 40),
    words: one(said, "q").slice(0, 300),
  }
}

type Desk = {
  paper: Pick<Agreement, "kind" | "checklist" | "marks" | "files">
  text: PaperText
  asked: ReturnType<typeof askedOf>
  /** The address of this page at another file, page, clause or search. */
  to: (at: Record<string, unknown>) => string
  /** Where marks are sent to; null where the paper is only read. */
  action: string | null
  before?: { quote: string; wrong: string | null }
  /** What stands beside the page besides: who signed the file. */
  beside?: ReactNode
}

/** A file of a paper beside its clauses: one reads, searches and, in a draft, marks where each stands. */
export function PaperDesk({ paper, text, asked, to, action, before, beside }: Desk) {
  const lines = linesOf(paper)
  const count = text.count ?? Math.max(1, asked.page)
  const page = Math.min(asked.page, Math.max(1, count))
  const chosen = lines.find(({ item }) => item === asked.clause)
  const active = chosen ?? (action ? lines.find(isOpen) : undefined)
  const shown = text.pages.find((one) => one.page === page) ?? { page, text: "" }
  const at = { fileId: asked.file, item: asked.clause }
  const hidden = { file: asked.file, clause: asked.clause }
  const found =
    action && active && isOpen(active)
      ? suggestPlaces(text.pages, [active.item]).map((one) => ({
          ...one,
          words: textAt(text.pages, one.place).slice(0, 2000),
        }))
      : []
  return (
    <div className="paper-desk">
      <div className="stack paper-side">
        <Files files={paper.files} current={asked.file} to={(fileId) => to({ fileId, item: asked.clause })} />
        <State text={text} page={shown.text} />
        {text.words ? (
          <Search pages={text.pages} words={asked.words} hidden={hidden} to={(place) => to({ ...at, ...place })} />
        ) : null}
        <Pages
          page={page}
          count={count}
          hidden={{ ...hidden, q: asked.words }}
          to={({ page: other }) => to({ ...at, page: other, words: asked.words })}
        />
        <PaperPage
          fileId={asked.file}
          page={shown}
          text={shown.text.trim() !== ""}
          words={asked.words}
          takes={action && active ? "mark" : null}
          marks={paper.marks.flatMap((mark) =>
            mark.fileId === asked.file && mark.page === page
              ? [
                  {
                    item: mark.item,
                    meaning: meaningOf(mark.item),
                    quote: mark.quote,
                    area: mark.area,
                    here: mark.item === active?.item,
                  },
                ]
              : [],
          )}
        />
      </div>
      <div className="stack">
        {action && active ? (
          <MarkForm
            key={`${active.item}.${page}`}
            action={action}
            fileId={asked.file}
            page={page}
            item={active.item}
            quote={before?.quote ?? ""}
            wrong={before?.wrong ?? null}
          />
        ) : null}
        {action ? (
          <Suggestions
            action={action}
            fileId={asked.file}
            found={found}
            show={(other, words) =>
              to({ fileId: asked.file, item: active?.item, page: other, words: words.slice(0, 300) })
            }
          />
        ) : null}
        <ClauseList
          lines={lines}
          files={paper.files}
          active={active?.item ?? null}
          show={(line) =>
            to({ fileId: line.fileId, page: line.page.state === "known" ? line.page.value : 1, item: line.item })
          }
          choose={action ? (item) => to({ fileId: asked.file, page, item }) : null}
        />
        {beside}
      </div>
    </div>
  )
}

/** The files of the paper, where there are several. */
function Files({ files, current, to }: { files: Agreement["files"]; current: string; to: (fileId: string) => string }) {
  if (files.length < 2) return null
  return (
    <nav aria-label={say("paper.files")} className="row">
      {files.map(({ fileId, name }) => (
        <Link
          key={fileId}
          className="button"
          href={to(fileId)}
          aria-current={fileId === current ? "page" : undefined}
          prefetch={false}
        >
          {name}
        </Link>
      ))}
    </nav>
  )
}

/** What to know of the file's text: that it could not be read, or that there is none. */
function State({ text, page }: { text: PaperText; page: string }) {
  const says =
    text.state !== "read"
      ? `paper.state-${text.state}`
      : text.words === null
        ? "paper.no-text-all"
        : page.trim() === ""
          ? "paper.no-text"
          : null
  return says ? (
    <Notice tone="warn">
      <p>{say(says)}</p>
    </Notice>
  ) : null
}
