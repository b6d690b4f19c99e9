import Link from "next/link"
import { FileWay, type HeldById } from "@/components/files/file-way"
import { paperAddress } from "@/components/papers/address"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import type { Agreement } from "@/domain/records/agreement"
import { CHECKLISTS } from "@/domain/vocabulary/checklists"

type Files = Agreement["files"]

/** The files of a paper: name, pages, content hash, and the way to take each; what one may not read says so. */
export function PaperFiles({ id, files, held = {} }: { id: string; files: Files; held?: HeldById }) {
  if (files.length === 0) return null
  return (
    <section className="card stack" aria-label={say("files.title")}>
      <h2>{say("files.title")}</h2>
      <ul className="plain-list">
        {files.map((file) => {
          const pages = valueOf(file.pages)
          return (
            <li key={file.fileId}>
              <FileWay
                id={file.fileId}
                label={say("files.open", { name: file.name })}
                name={file.name}
                held={held[file.fileId]}
              />{" "}
              {held[file.fileId] ? null : (
                <Link className="tall" href={paperAddress(id, { fileId: file.fileId })} prefetch={false}>
                  {say("paper.open")}
                </Link>
              )}{" "}
              {pages ? <span className="soft small">{say("files.pages", { n: pages })}</span> : null}
              <div className="soft small">
                {say("files.hash")} <code>{file.sha256}</code>
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const VERDICT = { there: "good", partly: "warn", missing: "bad", again: "warn" } as const
const MEANINGS = new Map(
  Object.values(CHECKLISTS)
    .flat()
    .map((line) => [line.item, line] as const),
)

/** Each clause that the paper should hold: what it is, where it stands in the file, and whether it says it. */
export function Checklist({ id, lines, files }: { id: string; lines: Agreement["checklist"]; files: Files }) {
  if (lines.length === 0) return null
  const names = new Map(files.map((file) => [file.fileId as string, file.name]))
  return (
    <section className="card stack" aria-label={say("clauses.title")}>
      <h2>{say("clauses.title")}</h2>
      <div className="scroll" role="region" aria-label={say("clauses.title")} tabIndex={0}>
        <table className="list dense">
          <thead>
            <tr>
              {["clause", "page", "verdict"].map((column) => (
                <th key={column} scope="col">
                  {say(`clauses.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.item}>
                <th scope="row">
                  {MEANINGS.get(line.item)?.meaning ?? line.item} <code className="soft">{line.item}</code>
                </th>
                <td>
                  <WherePointed id={id} line={line} name={names.get(line.fileId ?? "")} />
                </td>
                <td>
                  <StatusTag tone={VERDICT[line.verdict]}>{say(`verdict-of.${line.verdict}`)}</StatusTag>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function WherePointed({
  id,
  line,
  name,
}: {
  id: string
  line: Agreement["checklist"][number]
  name: string | undefined
}) {
  const page = valueOf(line.page)
  if (page === null || !line.fileId) return <span className="soft">{say("clauses.nowhere")}</span>
  return (
    <Link className="tall" href={paperAddress(id, { fileId: line.fileId, page, item: line.item })} prefetch={false}>
      {say("clauses.page-n", { file: name ?? "", n: page })}
    </Link>
  )
}
