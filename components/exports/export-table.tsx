import Link from "next/link"
import { StatusTag } from "@/components/ui/status-tag"
import { At, instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { ExportLine } from "@/domain/exports/line"
import { bytesWords, percentOf, scopeWords, STATE_TONES } from "./export-words"

/** The packages that were asked for, the newest first. */
export function ExportTable({ lines }: { lines: readonly ExportLine[] }) {
  return (
    <div className="scroll" role="region" aria-label={say("exports.list")} tabIndex={0}>
      <table className="list">
        <thead>
          <tr>
            {["exports.asked", "exports.who", "exports.what", "exports.state", "exports.result"].map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.id} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Line({ line }: { line: ExportLine }) {
  return (
    <tr>
      <th scope="row">
        {line.mine ? (
          <Link href={`/audit/exports/${line.id}`} prefetch={false}>
            <At instant={line.at} />
          </Link>
        ) : (
          <At instant={line.at} />
        )}
      </th>
      <td data-label={say("exports.who")}>{line.name}</td>
      <td data-label={say("exports.what")}>
        {scopeWords(line)}
        <div className="soft small">{say("exports.as-of-at", { at: instantWords(line.asOf) })}</div>
      </td>
      <td data-label={say("exports.state")}>
        <StatusTag tone={STATE_TONES[line.state]}>{say(`exports.state.${line.state}`)}</StatusTag>
        {line.state === "running" ? <div className="soft small">{percentOf(line)} %</div> : null}
        {line.says ? <div className="soft small">{say(line.says)}</div> : null}
      </td>
      <td data-label={say("exports.result")}>
        <Result line={line} />
      </td>
    </tr>
  )
}

/** What came of it: size and hash for everybody who sees the line, the bytes for whoever made it. */
export function Result({ line }: { line: ExportLine }) {
  if (line.sha256 === null || line.bytes === null) return null
  return (
    <>
      <div>{say("exports.size", { records: line.records ?? 0, bytes: bytesWords(line.bytes) })}</div>
      <div className="soft small">
        {say("exports.hash")} <code className="wrap">{line.sha256}</code>
      </div>
      {line.mine && line.state === "done" ? (
        <a
          className="tall"
          href={`/api/v1/exports/${line.id}/file`}
          aria-label={say("exports.download-which", { at: instantWords(line.asOf) })}
        >
          {say("exports.download")}
        </a>
      ) : null}
    </>
  )
}
