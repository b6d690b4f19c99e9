import Link from "next/link"
import { Difference } from "@/components/records/difference"
import { FlowTable } from "@/components/records/flow-table"
import { PaperTable } from "@/components/records/paper-table"
import type { HrefOf } from "@/components/records/record-view"
import { RequestState } from "@/components/requests/request-table"
import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { withDuty } from "@/domain/endings/duty"
import type { Sharing } from "@/domain/records/sharing"
import { titleOf } from "@/domain/records/project"
import type { RecordKind } from "@/domain/records/kinds"
import type { RecordPage } from "@/usecases/register/read-record"
import { STANDING, standingKey } from "@/components/records/record-path"

export type Reader = { names: ReadonlyMap<string, string>; hrefOf: HrefOf; past: boolean }

const GROUPS: readonly { kind: RecordKind; says: string }[] = [
  { kind: "party", says: "around.party" },
  { kind: "sharing", says: "around.sharing" },
  { kind: "assessment", says: "around.assessment" },
  { kind: "consent", says: "around.consent" },
  { kind: "notice", says: "around.notice" },
  { kind: "demand", says: "around.demand" },
  { kind: "chain", says: "around.chain" },
]

/** What stands around a record: what a party gets, under which paper, what was looked at, which requests. */
export function Around({ page, reader }: { page: RecordPage; reader: Reader }) {
  const isParty = page.record.kind === "party"
  // What a paper covers has a table of its own, on the page of today.
  const told = isParty || (page.record.kind === "agreement" && !reader.past)
  const others = GROUPS.filter((group) => !(group.kind === "sharing" && told)).flatMap((group) => {
    const items = page.related.filter((item) => item.kind === group.kind && item.id !== page.record.id)
    const says = group.kind === "sharing" && page.record.kind === "agreement" ? "around.covered" : group.says
    return items.length ? [{ ...group, says, items }] : []
  })
  return (
    <>
      {isParty ? <Flows page={page} reader={reader} /> : null}
      <PaperTable
        on={page.today}
        papers={page.related.flatMap((item) =>
          item.kind === "agreement" ? [{ ...item, href: reader.hrefOf(item.id) ?? "" }] : [],
        )}
      />
      <div className="beside">
        {others.map(({ kind, says, items }) => (
          <section className="card" key={kind} aria-label={say(says)}>
            <h2>{say(says)}</h2>
            <ul className="plain-list">
              {items.map((item) => (
                <li key={item.id} className="row">
                  <Link className="tall" href={reader.hrefOf(item.id) ?? ""} prefetch={false}>
                    {titleOf(item.kind, item.body as never)}
                  </Link>
                  {item.standing === "approved" ? null : (
                    <StatusTag tone={STANDING[item.standing] ?? "quiet"}>{say(standingKey(item))}</StatusTag>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
        <Requests page={page} />
      </div>
    </>
  )
}

function Requests({ page }: { page: RecordPage }) {
  if (page.requests.length === 0) return null
  return (
    <section className="card" aria-label={say("party.requests")}>
      <h2>{say("party.requests")}</h2>
      <ul className="plain-list">
        {page.requests.map((item) => (
          <li key={item.id} className="row">
            <Link className="tall" href={`/requests/${item.id}`} prefetch={false}>
              R-{item.no} {item.title}
            </Link>
            <RequestState state={item.state} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What a party gets: each flow with its data, ground, countries and how it stands on the day. */
function Flows({ page, reader }: { page: RecordPage; reader: Reader }) {
  const flows = page.flows.flatMap(({ id, coverage }) => {
    const item = page.related.find((one) => one.id === id)
    if (item?.kind !== "sharing") return []
    const entity = reader.names.get(item.body.entityId) ?? ""
    return [{ id, body: owingOf(page, item), standing: item.standing, coverage, path: reader.hrefOf(id) ?? "", entity }]
  })
  if (flows.length) return <FlowTable flows={flows} today={page.today} past={reader.past} />
  return (
    <section className="card">
      <h2>{say("around.sharing")}</h2>
      <p className="soft">{say("party.none-sharings")}</p>
    </section>
  )
}

/** A flow with what its last day owes by the papers that stand around it. */
export function owingOf(page: RecordPage, flow: { id: string; body: Sharing }): Sharing {
  return withDuty(
    flow,
    page.related.flatMap((one) => (one.kind === "agreement" ? [one] : [])),
  )
}

/** Every version, newest first: what it changed, when, by which request. */
export function History({ page, names }: { page: RecordPage; names: ReadonlyMap<string, string> }) {
  const versions = [...page.versions].reverse()
  return (
    <section className="card stack" id="history" aria-label={say("party.history")}>
      <h2>{say("party.history")}</h2>
      <ol className="timeline">
        {versions.map((version, i) => {
          const before = versions[i + 1]
          const request = page.requests.find((item) => item.id === version.requestId)
          return (
            <li key={version.version}>
              <strong>{say("record.version", { n: version.version })}</strong> {say(standingKey(version))}{" "}
              <span className="soft small">
                <At instant={version.at} />
              </span>{" "}
              {request ? (
                <>
                  {say("history.by")}{" "}
                  <Link href={`/requests/${request.id}`} prefetch={false}>
                    R-{request.no} {request.title}
                  </Link>
                </>
              ) : null}
              {before ? (
                <Difference kind={version.kind} before={before.body} after={version.body} names={names} />
              ) : null}
            </li>
          )
        })}
      </ol>
    </section>
  )
}
