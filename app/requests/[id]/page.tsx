import type { Metadata } from "next"
import Link from "next/link"
import { cache } from "react"
import { BandSums } from "@/components/requests/band-sums"
import { DecisionBox } from "@/components/requests/decision-box"
import { Proposals } from "@/components/requests/proposals"
import { RequestState } from "@/components/requests/request-table"
import { StageStrip } from "@/components/requests/stage-strip"
import { Talk } from "@/components/requests/talk"
import { Findings, type FindingView } from "@/components/checks/findings"
import { formAddress } from "@/components/records/form-address"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { curedIn } from "@/domain/records/place-in-form"
import { titleOf } from "@/domain/records/project"
import { readRequest, type RequestPage } from "@/usecases/requests/read-request"
import { TakenInRequest } from "@/app/asked/beside"
import { proofOf } from "@/app/sign-on"
import { inFrame } from "@/app/in-frame"
import { Frame, one, rolesOf, shown, signedIn, type Words } from "@/app/page-frame"
import { ManyBands } from "./bands"
import { standingWords } from "@/app/requests/standing-words"
import { PackReview } from "./pack-review"
import { Review } from "./review"

/** The request, read once for the page and its title. */
const readOnce = cache(async (id: string, show: string) => {
  const scene = await signedIn()
  return { scene, found: await readRequest(scene, { id, show }) }
})

export async function generateMetadata({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>
  searchParams: Words
}): Promise<Metadata> {
  const { found } = await readOnce((await params).id, one(await searchParams, "show").slice(0, 40))
  return { title: found.ok ? `R-${found.value.request.no} ${found.value.request.title}` : say("missing.title") }
}

async function OneRequest({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const { scene, found } = await readOnce(id, one(words, "show").slice(0, 40))
  const page = shown(found)
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
      <p className="lede">{standingWords(page)}</p>
      <RefusedNotice words={words} />
      {/^[1-9]\d{0,6}$/.test(one(words, "left")) ? (
        <Notice tone="warn">
          <p>{say("imports.undo-left", { n: Number(one(words, "left")) })}</p>
        </Notice>
      ) : null}
      <Warnings page={page} />
      {page.elsewhere ? (
        <Notice>
          <p>{say("review.elsewhere", { n: page.elsewhere })}</p>
        </Notice>
      ) : null}
      {page.many ? (
        <>
          <ManyBands scene={scene} id={id} asked={one(words, "bands") === "yes"} />
          <Review scene={scene} id={id} words={words} part={mayTakeApart(page)} />
        </>
      ) : null}
      <div className="two">
        <div className="stack">
          {page.proposals
            .filter((proposal) => proposal.kind === "pack")
            .map(({ recordId }) => (
              <PackReview key={recordId} {...{ scene, requestId: id, recordId, asked: one(words, "try") === "yes" }} />
            ))}
          <Proposed page={page} editing={editing} />
          <TakenInRequest scene={scene} requestId={id} />
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
        <aside className="stack" id="decide">
          <StageStrip stages={page.stages} names={page.names} entities={page.entities} />
          {page.stages
            .filter((stage) => stage.mayDecide)
            .map((stage) => (
              <DecisionBox
                key={`${stage.stage}${stage.entityId}`}
                requestId={id}
                stage={stage}
                hash={page.hash ?? ""}
                proof={proofOf(scene, `/requests/${id}`)}
              />
            ))}
          {page.mine ? (
            <OwnActs id={id} state={request.state} next={request.revision + 1} something={page.something} />
          ) : null}
        </aside>
      </div>
    </Frame>
  )
}

/** A finding leads to the question that cures it while the request is edited, else to what it proposes. */
function mendedAt(page: RequestPage, { recordId, path, clause }: FindingView, editing: boolean) {
  const proposal = page.proposals.find((one) => one.recordId === recordId)
  if (!proposal) return null
  const title = titleOf(proposal.kind, proposal.body)
  const cure = path === null ? null : curedIn(proposal.kind, path)
  // A paper that the request has already is where its cover is said; else a new one is.
  const other = cure && !cure.itself ? page.proposals.find((one) => one.kind === cure.kind) : proposal
  const form = other?.recordId ?? `new-${cure?.kind ?? proposal.kind}`
  return editing
    ? {
        title: say("findings.mend", { title }),
        href: formAddress(page.request.id, form, cure?.path, clause, other ? "" : recordId),
      }
    : { title, href: `#${recordId}` }
}

/** Whether this person may send a part back: an import in review, from a seat of theirs that decides. */
function mayTakeApart(page: RequestPage): boolean {
  return page.request.kind === "import" && page.stages.some((stage) => stage.mayDecide && stage.seat === "decides")
}

/** What is proposed, one below the other; of a request looked at by facets the record that was opened. */
function Proposed({ page, editing }: { page: RequestPage; editing: boolean }) {
  if (page.proposals.length === 0 && (page.many || page.elsewhere > 0)) return null
  return (
    <div className="stack" id="shown">
      <Proposals
        requestId={page.request.id}
        proposals={page.proposals}
        bases={page.bases}
        moved={page.moved}
        editing={editing}
        entities={page.entities}
        titles={page.titles}
        {...(page.many ? { heading: say("review.shown") } : {})}
      />
      {page.many ? null : <BandSums tips={page.tips} entities={page.entities} />}
      <Findings
        findings={page.findings}
        titles={page.clauses}
        title={say("request.findings")}
        none={page.proposals.length ? say("request.no-findings") : null}
        on={(recordId) => page.days[recordId] ?? null}
        at={(finding) => mendedAt(page, finding, editing)}
      />
    </div>
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

export default inFrame(OneRequest)
