import Link from "next/link"
import { PATH } from "@/components/records/record-path"
import { At } from "@/components/ui/when"
import { CATALOGUE, say } from "@/components/words/catalogue"

type Change = { at: string; key: string; what: string; id: string; kind: string; title: string; detail: string }

const PATHS: Record<string, string> = { ...PATH, request: "/requests" }

/** What changed, newest first: what it was, of what, and the way to what differs. */
export function ChangeTable({
  changes,
  clauses,
}: {
  changes: readonly Change[]
  clauses: Readonly<Record<string, string>>
}) {
  return (
    <div className="scroll" role="region" aria-label={say("changed.title")} tabIndex={0}>
      <table className="list dense">
        <caption>{say("changed.title")}</caption>
        <thead>
          <tr>
            {["log.at", "changed.what", "log.about", "changed.detail"].map((key) => (
              <th key={key} scope="col">
                {say(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {changes.map((one) => (
            <tr key={one.key}>
              <td className="nowrap">
                <At instant={one.at} />
              </td>
              <td>{say(`changed.${one.what}`)}</td>
              <th scope="row">
                <Link
                  className="tall"
                  href={`${PATHS[one.kind] ?? "/evidence"}/${one.id}${one.what === "changed" ? "#history" : ""}`}
                  prefetch={false}
                >
                  {one.title || one.id}
                </Link>{" "}
                <span className="soft small">
                  {one.kind === "request" ? say("object.request") : say(`kind.${one.kind}`)}
                </span>
              </th>
              <td>{detailOf(one, clauses)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function detailOf(change: Change, clauses: Readonly<Record<string, string>>): string {
  if (change.what === "decided")
    return `decided.${change.detail}` in CATALOGUE ? say(`decided.${change.detail}`) : change.detail
  if (change.what === "found" || change.what === "mended") return clauses[change.detail] ?? change.detail
  return change.what === "letter" ? "" : `v${change.detail}`
}
