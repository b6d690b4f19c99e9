import Link from "next/link"
import { speakWith } from "@/components/records/speak"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { printed } from "@/domain/records/difference"
import type { RecordPage } from "@/usecases/register/read-record"

/** For each fact of a record when the register learnt it: folded away, for whoever asks what was known when. */
export function Learnt({ page, names }: { page: RecordPage; names: ReadonlyMap<string, string> }) {
  const facts = page.learnt
  if (facts.length === 0) return null
  const fields = new Map(printed(page.record.kind, page.record.body, speakWith(names)).map((one) => [one.path, one]))
  return (
    <section className="card stack" aria-label={say("learnt.title")}>
      <h2>{say("learnt.title")}</h2>
      <details>
        <summary className="soft">{say("learnt.open", { n: facts.length })}</summary>
        <p className="soft small">{say("learnt.help")}</p>
        <dl>
          {facts.map(({ path, version }) => {
            const [name = "", line] = path.split(".")
            const field = fields.get(name)
            const from = page.versions.find((one) => one.version === version)
            if (!field || !from) return null
            const lines = line === undefined ? field.lines : [field.lines[Number(line)] ?? ""]
            return (
              <Fact key={path} label={field.label} lines={lines} from={from}>
                {requestOf(page, from.requestId)}
              </Fact>
            )
          })}
        </dl>
      </details>
    </section>
  )
}

function Fact(props: {
  label: string
  lines: readonly string[]
  from: RecordPage["versions"][number]
  children: React.ReactNode
}) {
  return (
    <>
      <dt>{props.label}</dt>
      <dd>
        {props.lines.map((text, at) => (
          <div key={at}>{text}</div>
        ))}
        <span className="soft small">
          {say("learnt.on")} <At instant={props.from.at} /> {props.children}
        </span>
      </dd>
    </>
  )
}

/** The request that brought it, where this reader knows it. */
function requestOf(page: RecordPage, id: string | null) {
  const request = page.requests.find((one) => one.id === id)
  if (!request) return null
  return (
    <>
      {say("history.by")}{" "}
      <Link href={`/requests/${request.id}`} prefetch={false}>
        R-{request.no}
      </Link>
    </>
  )
}
