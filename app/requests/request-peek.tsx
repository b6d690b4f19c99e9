import Link from "next/link"
import { Findings } from "@/components/checks/findings"
import { RequestState } from "@/components/requests/request-table"
import { StageStrip } from "@/components/requests/stage-strip"
import type { UrlState } from "@/components/table/url-state"
import { say } from "@/components/words/catalogue"
import { titleOf } from "@/domain/records/project"
import { readRequest, type RequestPage } from "@/usecases/requests/read-request"
import type { Scene } from "@/usecases/scene"
import { Beside, NotThere } from "@/app/beside"
import { standingWords } from "./standing-words"

type Props = { scene: Scene; path: string; state: UrlState; rows: readonly string[] }

/** A look at one request beside the list: where it stands, what it proposes, what is missing and who decides, in short. */
export async function RequestPeek({ scene, state, ...list }: Props) {
  const found = await readRequest(scene, { id: state.peek ?? "" })
  const page = found.ok ? found.value : null
  const title = page?.request.title ?? say("missing.title")
  return (
    <Beside {...list} state={state} title={title}>
      {page ? <Look page={page} /> : <NotThere title={title} />}
    </Beside>
  )
}

const SHOWN = 12
const OPS = { create: "request.new-record", change: "request.change-record", end: "request.end-record" } as const

function Look({ page }: { page: RequestPage }) {
  const { request, proposals } = page
  return (
    <>
      <div>
        <p className="over">R-{request.no}</p>
        <h2>{request.title}</h2>
      </div>
      <p className="row">
        <RequestState state={request.state} />
        <Link className="button primary compact" href={`/requests/${request.id}`} prefetch={false}>
          {say("peek.whole")}
        </Link>
      </p>
      <p>{standingWords(page)}</p>
      {proposals.length ? (
        <section aria-label={say("request.proposes")}>
          <h3>{say("request.proposes")}</h3>
          <ul>
            {proposals.slice(0, SHOWN).map((one) => (
              <li key={one.recordId}>
                {say(OPS[one.op], { kind: say(`kind.${one.kind}`) })}: {titleOf(one.kind, one.body)}
              </li>
            ))}
            {proposals.length > SHOWN ? <li>{say("findings.more", { n: proposals.length - SHOWN })}</li> : null}
          </ul>
        </section>
      ) : null}
      <Findings
        findings={page.findings}
        titles={page.clauses}
        title={say("request.findings")}
        none={null}
        on={(recordId) => page.days[recordId] ?? null}
        at={() => null}
      />
      <StageStrip
        {...{ stages: page.stages, names: page.names, entities: page.entities }}
        administrators={page.administrators}
        revision={page.request.revision}
        carried={page.carried}
      />
    </>
  )
}
