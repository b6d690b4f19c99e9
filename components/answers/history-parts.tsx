import Link from "next/link"
import type { ReactNode } from "react"
import { findingWords } from "@/components/checks/finding-words"
import { pathOf } from "@/components/records/record-path"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { RecordKind } from "@/domain/records/kinds"

/** A link to the proof that an entry stands in the log, where that entry is signed and the reader reads the log. */
export function Proof({ index, signed }: { index: number; signed: number | null }) {
  if (signed === null || index >= signed) return <>{index}</>
  return (
    <a className="tall" href={`/api/v1/log/proofs/${index}`} title={say("history.proof", { n: index })}>
      {index}
    </a>
  )
}

/** A table of an answer, that scrolls where it is narrow. */
export function AnswerTable(props: { label: string; columns: readonly string[]; children: ReactNode }) {
  return (
    <div className="scroll" role="region" aria-label={props.label} tabIndex={0}>
      <table className="list dense">
        <thead>
          <tr>
            {props.columns.map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </div>
  )
}

/** The role by which somebody was entitled at the instant, since when they held it, and who gave it. */
export function EntitledCell(props: {
  grant: { role: string; entityId: string | null; at: string; byName: string | null; logIndex: number } | null
  entities: Readonly<Record<string, string>>
  signed: number | null
}) {
  const { grant, entities, signed } = props
  if (!grant) return <>{say("history.no-grant")}</>
  const entity = grant.entityId === null ? say("answers.everywhere") : (entities[grant.entityId] ?? "")
  return (
    <>
      {say("history.grant", { role: say(`role.${grant.role}`), entity })} <At instant={grant.at} />,{" "}
      {say("history.given-by", { name: grant.byName ?? say("held.operator") })} (
      <Proof index={grant.logIndex} signed={signed} />)
    </>
  )
}

type Brought = {
  recordId: string
  kind: string
  n: number
  at: string
  logIndex: number
  laterN: number | null
  laterAt: string | null
  laterRequestId: string | null
  laterNo: number | null
}

/** The versions that came into force, each with its entry in the log and what stands in its place since. */
export function BroughtTable(props: {
  brought: readonly Brought[]
  titles: Readonly<Record<string, string>>
  signed: number | null
}) {
  const { brought, titles, signed } = props
  return (
    <AnswerTable
      label={say("history.brought")}
      columns={["history.record", "history.version", "history.at", "history.since", "log.index"]}
    >
      {brought.map((one) => (
        <tr key={`${one.recordId}-${one.n}`}>
          <th scope="row">
            <Link href={`${pathOf(one.kind as RecordKind, one.recordId)}?as-of=${one.at}`} prefetch={false}>
              {titles[one.recordId] ?? one.recordId}
            </Link>
            <div className="soft small">{say(`kind.${one.kind}`)}</div>
          </th>
          <td data-label={say("history.version")}>{one.n}</td>
          <td data-label={say("history.at")}>
            <At instant={one.at} />
          </td>
          <td data-label={say("history.since")}>
            {one.laterN === null || one.laterAt === null ? (
              say("history.stands")
            ) : (
              <>
                <Link href={`/requests/${one.laterRequestId}/history`} prefetch={false}>
                  {say("history.later", { n: one.laterN, no: one.laterNo ?? 0 })}
                </Link>{" "}
                <At instant={one.laterAt} />
              </>
            )}
          </td>
          <td data-label={say("log.index")}>
            <Proof index={one.logIndex} signed={signed} />
          </td>
        </tr>
      ))}
    </AnswerTable>
  )
}

type Found = { recordId: string; clause: string; severity: string; verdict: string; says: string; params: string }

/** What the checks said, the gravest first. */
export function FoundList({ found, titles }: { found: readonly Found[]; titles: Readonly<Record<string, string>> }) {
  return (
    <ul>
      {found.map((one, i) => (
        <li key={`${one.recordId}-${one.clause}-${i}`}>
          {say(`severity.${one.severity}`)}, {one.clause}: {findingSaid(one)}{" "}
          <span className="soft small">{titles[one.recordId] ?? ""}</span>
        </li>
      ))}
    </ul>
  )
}

/** The sentence of a finding as it is stored. */
export function findingSaid(one: { says: string; params: string }): string {
  return findingWords({ says: one.says, params: JSON.parse(one.params) as Record<string, string> })
}
