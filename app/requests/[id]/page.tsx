import type { Metadata } from "next"
import Link from "next/link"
import { DecisionBox } from "@/components/requests/decision-box"
import { Proposals } from "@/components/requests/proposals"
import { RequestState } from "@/components/requests/request-table"
import { StageStrip } from "@/components/requests/stage-strip"
import { Talk } from "@/components/requests/talk"
import { Findings } from "@/components/checks/findings"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { readRequest, type RequestPage } from "@/usecases/requests/read-request"
import { isStale } from "@/usecases/scene"
import { Frame, rolesOf, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("requests.title") }

export default async function OneRequest({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: Words
}) {
  const { id } = await params
  const scene = await signedIn()
  const page = shown(await readRequest(scene, { id }))
  const { request } = page
  const editing = page.mine && (request.state === "draft" || request.state === "changes-requested")
  const roles = rolesOf(scene)
  return (
    <Frame scene={scene} current="/requests">
      <div className="row between">
        <h1>
          <span className="soft">R-{request.no}</span> {request.title}
        </h1>
        <RequestState state={request.state} />
      </div>
      <RefusedNotice words={await searchParams} />
      <Warnings page={page} />
      <div className="two">
        <div className="stack">
          <Proposals
            requestId={id}
            proposals={page.proposals}
            bases={page.bases}
            moved={page.moved}
            editing={editing}
            entities={page.entities}
          />
          <Findings
            findings={page.findings}
            title={say("request.findings")}
            none={page.proposals.length ? say("request.no-findings") : null}
            on={(recordId) => page.days[recordId] ?? null}
          />
          <Talk
            requestId={id}
            comments={page.comments}
            decisions={page.decisions}
            revisions={page.revisions}
            names={page.names}
            open={request.revision > 0}
            lawyer={roles.includes("legal") || roles.includes("dpo")}
          />
        </div>
        <aside className="stack">
          <StageStrip stages={page.stages} names={page.names} entities={page.entities} />
          {page.stages
            .filter((stage) => stage.mayDecide)
            .map((stage) => (
              <DecisionBox
                key={`${stage.stage}${stage.entityId}`}
                requestId={id}
                stage={stage}
                hash={page.hash ?? ""}
                stale={isStale(scene)}
              />
            ))}
          {page.mine ? (
            <OwnActs id={id} state={request.state} next={request.revision + 1} something={page.proposals.length > 0} />
          ) : null}
        </aside>
      </div>
    </Frame>
  )
}

function Warnings({ page }: { page: RequestPage }) {
  return (
    <>
      {page.moved.length ? (
        <Notice tone="warn">
          <p>{say("request.moved")}</p>
        </Notice>
      ) : null}
      {page.rivals.map((rival) => (
        <Notice key={rival.id + rival.recordId} tone="warn">
          <p>
            <Link href={`/requests/${rival.id}`} prefetch={false}>
              {say("request.rivals", { title: rival.title, no: rival.no })}
            </Link>
          </p>
        </Notice>
      ))}
    </>
  )
}

function OwnActs({ id, state, next, something }: { id: string; state: string; next: number; something: boolean }) {
  const editing = state === "draft" || state === "changes-requested"
  const running = editing || state === "in-review"
  if (!running) return null
  return (
    <section className="card stack">
      {editing && something ? (
        <form method="post" action={`/api/v1/requests/${id}/submissions`} className="stack">
          <p className="soft small">{say("request.submit-help", { n: next })}</p>
          <button className="primary" type="submit">
            {say("request.submit")}
          </button>
        </form>
      ) : null}
      {state === "in-review" ? (
        <form method="post" action={`/api/v1/requests/${id}/reopening`}>
          <button type="submit">{say("request.reopen")}</button>
        </form>
      ) : null}
      <form method="post" action={`/api/v1/requests/${id}/withdrawal`}>
        <button type="submit">{say("request.withdraw")}</button>
      </form>
    </section>
  )
}
