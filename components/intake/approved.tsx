import Link from "next/link"
import { DATA_KINDS } from "@/domain/vocabulary/data-kinds"
import { termOf } from "@/domain/vocabulary/term"
import { say } from "@/components/words/catalogue"

export type ApprovedView = { id: string; title: string; party: string; entityId: string; dataKinds: readonly string[] }

/** Who is approved already for what somebody wants: use one, and be done; or ask for what it lacks. */
export function Approved({
  flows,
  kinds,
  entities,
  linksOnly = false,
}: {
  flows: readonly ApprovedView[]
  kinds: readonly string[]
  entities: Readonly<Record<string, string>>
  /** Inside another form: the ways alone. */
  linksOnly?: boolean
}) {
  return (
    <ul className="plain-list stack tight">
      {flows.map((flow) => {
        const lacks = kinds.filter((kind) => !flow.dataKinds.includes(kind))
        return (
          <li key={flow.id}>
            <strong>{flow.party}</strong>: {flow.title}{" "}
            <span className="soft small">
              {[
                entities[flow.entityId] ?? "",
                kinds.length === 0
                  ? ""
                  : lacks.length === 0
                    ? say("intake.holds-all")
                    : say("intake.lacks", {
                        kinds: lacks.map((kind) => termOf(DATA_KINDS, kind)?.label ?? kind).join(", "),
                      }),
              ]
                .filter((word) => word !== "")
                .join(", ")}
            </span>
            <div className="row">
              <Link className="button compact" href={`/sharings/${flow.id}`} prefetch={false}>
                {say("intake.approved-use")}
              </Link>
              {linksOnly ? null : <AskMore sharing={flow.id} kinds={lacks} />}
            </div>
          </li>
        )
      })}
    </ul>
  )
}

function AskMore({ sharing, kinds }: { sharing: string; kinds: readonly string[] }) {
  return (
    <form method="post" action="/api/v1/intakes">
      <input type="hidden" name="beginning" value="more-data" />
      <input type="hidden" name="sharing" value={sharing} />
      {kinds.map((kind) => (
        <input key={kind} type="hidden" name="kind" value={kind} />
      ))}
      <button className="compact" type="submit">
        {say("intake.approved-more")}
      </button>
    </form>
  )
}
