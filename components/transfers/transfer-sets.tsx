import Link from "next/link"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Sharing } from "@/domain/records/sharing"
import { setsOf } from "@/domain/transfers/transfer-set"

/** Transfers of control that close together: closing, notice, plan and the flows of each set. Nothing where there is none. */
export function TransferSets({
  flows,
  hrefOf,
}: {
  flows: readonly { id: string; body: Sharing }[]
  hrefOf: (id: string) => string | null
}) {
  const sets = setsOf(flows)
  if (sets.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="transfer-sets">
      <h2 id="transfer-sets">{say("sets.title")}</h2>
      {sets.map((set) => (
        <div key={set.name} className="stack">
          <p>
            {say("sets.one", {
              ...{ name: set.name, n: set.flows.length },
              day: set.closingOn ? dayWords(set.closingOn) : say("sets.no-day"),
            })}{" "}
            {set.noticeOn
              ? say("sets.notice", { day: dayWords(set.noticeOn), n: set.objectionWeeks ?? 0 })
              : say("sets.no-notice")}{" "}
            {set.reconsentOn ? say("sets.reconsent", { day: dayWords(set.reconsentOn) }) : say("sets.no-reconsent")}
          </p>
          <ul>
            {set.flows.map((flow) => {
              const href = hrefOf(flow.id)
              return (
                <li key={flow.id}>
                  {href ? (
                    <Link href={href} prefetch={false}>
                      {flow.title}
                    </Link>
                  ) : (
                    flow.title
                  )}
                </li>
              )
            })}
          </ul>
        </div>
      ))}
    </section>
  )
}
