import type { Metadata } from "next"
import Link from "next/link"
import { cache, Suspense } from "react"
import { BandSums } from "@/components/requests/band-sums"
import { AnswerLink } from "@/components/answers/answer-link"
import { DecisionBox } from "@/components/requests/decision-box"
import { Proposals } from "@/components/requests/proposals"
import { RequestState } from "@/components/requests/request-table"
import { HeldFiles } from "@/components/files/file-way"
import { RefusedFiles } from "@/components/files/refused-files"
import { StageStrip } from "@/components/requests/stage-strip"
import { Conditions } from "@/components/requests/conditions"
import { ListAfterCard } from "@/components/requests/list-after"
import { TouchedCoverage } from "@/components/requests/touched"
import { BeforeAfterCard } from "@/components/requests/before-after"
import type { TalkOf } from "@/components/requests/threads"
import { countNew, Timeline, type TimelineOf } from "@/components/requests/timeline"
import { Findings, type FindingView } from "@/components/checks/findings"
import { formAddress } from "@/components/records/form-address"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { TransferSets } from "@/components/transfers/transfer-sets"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { curedIn } from "@/domain/records/place-in-form"
import type { Agreement } from "@/domain/records/agreement"
import { isByHand } from "@/domain/records/by-hand"
import { titleOf } from "@/domain/records/project"
import { kept } from "@/usecases/people/kept"
import type { Sharing } from "@/domain/records/sharing"
import { readRequest, type RequestPage } from "@/usecases/requests/read-request"
import { PapersSent } from "@/app/papers-sent"
import { TakenInRequest } from "@/app/asked/beside"
import { PapersConfirmed } from "@/app/papers-by-hand"
import { proofOf } from "@/app/sign-on"
import { inFrame } from "@/app/in-frame"
import { RecordQuestions } from "@/app/record-questions"
import { Frame, one, rolesOf, shown, signedIn, type Words } from "@/app/page-frame"
import { isDecider } from "@/domain/people/permissions"
import { placeOf } from "@/domain/requests/mentions"
import { beforeAfter } from "@/domain/requests/before-after"
import { lookAtRequest } from "@/usecases/requests/look-beside"
import { Answered } from "./answered"
import { ManyBands } from "./bands"
import { BesideRequest } from "./beside"
import { heldInRequest } from "./held"
import { standingWords } from "@/app/requests/standing-words"
import { PackReview } from "./pack-review"
import { Review } from "./review"
import { SignedPapers } from "./signed-papers"

type Signed = Awaited<ReturnType<typeof signedIn>>

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
  const typed = one(words, "refused") ? ((await kept(scene, `/requests/${id}`))?.input ?? {}) : {}
  const talk = talkOf(page, scene, { saying: one(words, "say"), typed })
  const looked = await lookAtRequest(scene, { id })
  const timeline = timelineOf(page, talk, { me: scene.actor.id, since: looked.ok ? looked.value.since : null })
  const news = countNew(timeline)
  const { files, held, refused } = await heldInRequest(scene, page)
  return (
    <Frame scene={scene} current="/requests">
      <div className="row between">
        <h1>
          <span className="soft">R-{request.no}</span> {request.title}
        </h1>
        <RequestState state={request.state} />
      </div>
      <p className="lede">{standingWords(page)}</p>
      {news ? (
        <p>
          {say("look.since", { n: news })} <a href="#new">{say("looked.show")}</a>
        </p>
      ) : null}
      {page.stages.some((stage) => stage.mayDecide) ? (
        <p className="only-narrow">
          <a className="tall" href="#decide">
            {say("decide.go")}
          </a>
        </p>
      ) : null}
      <RefusedNotice words={words} />
      {/^[1-9]\d{0,6}$/.test(one(words, "left")) ? (
        <Notice tone="warn">
          <p>{say("imports.undo-left", { n: Number(one(words, "left")) })}</p>
        </Notice>
      ) : null}
      <Warnings page={page} />
      {editing ? <RefusedFiles requestId={id} files={refused} /> : null}
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
          <Proposed page={page} editing={editing} talk={talk} />
          <HeldFiles files={files} held={held} />
          <SignedPapers scene={scene} page={page} editing={editing} />
          {page.proposals
            .slice(0, 20)
            .map(({ recordId, kind, body, op }) =>
              kind === "agreement" && op !== "end" ? (
                <PapersSent
                  key={recordId}
                  {...{ scene, recordId, body: body as Agreement, requestId: id, editing, makes: editing }}
                />
              ) : null,
            )}
          <Around page={page} cover={Number(one(words, "cover")) || 1} />
          {page.proposals.some(({ kind, body }) => kind === "agreement" && isByHand(body as Agreement)) ? (
            <PapersConfirmed scene={scene} requestId={id} />
          ) : null}
          <TakenInRequest scene={scene} requestId={id} />
          <Answered scene={scene} id={id} />
          <Suspense fallback={null}>
            <BesideRequest scene={scene} id={id} drawn={(page.touched?.lines ?? []).map((one) => one.id)} />
          </Suspense>
          <Timeline {...timeline} />
        </div>
        <aside className="stack" id="decide">
          <StageStrip
            {...{ stages: page.stages, names: page.names, entities: page.entities }}
            administrators={page.administrators}
            revision={request.revision}
            carried={page.carried}
          />
          {page.decisions.length ? (
            <p>
              <Link className="tall" href={`/requests/${id}/decision`} prefetch={false}>
                {say("card.way")}
              </Link>
            </p>
          ) : null}
          <AnswerLink
            href={`/requests/${id}/history`}
            says="history.link"
            may={request.revision > 0 && mayAct("answers.read", scene.actor).ok}
          />
          {page.stages
            .filter((stage) => stage.mayDecide)
            .map((stage) => (
              <DecisionBox
                key={`${stage.stage}${stage.entityId}`}
                requestId={id}
                stage={stage}
                hash={page.hash ?? ""}
                proof={proofOf(scene, `/requests/${id}`)}
                owners={page.owners}
                typed={typed}
                absent={stage.forPerson ? { id: stage.forPerson, name: page.names[stage.forPerson] ?? "" } : null}
              />
            ))}
          <Conditions
            {...{ requestId: id, list: page.conditions, names: page.names, owners: page.owners, typed }}
            held={held}
          />
          {page.mine ? (
            <OwnActs id={id} state={request.state} next={request.revision + 1} something={page.something} />
          ) : null}
          <RecordQuestions scene={scene} subjectId={id} />
        </aside>
      </div>
    </Frame>
  )
}

/** How the records of the request are called. */
const titled = (page: RequestPage) =>
  new Map(page.proposals.map((one) => [one.recordId, { kind: one.kind, title: titleOf(one.kind, one.body) }] as const))

/** What was said, and whether this person may say something: whoever decides somewhere, and who asked. */
function talkOf(
  page: RequestPage,
  scene: Signed,
  { saying, typed }: { saying: string; typed: TalkOf["typed"] },
): TalkOf {
  const roles = rolesOf(scene)
  return {
    requestId: page.request.id,
    comments: page.comments,
    turns: page.turns,
    names: page.names,
    speaks: page.request.revision > 0 && (page.mine || isDecider({ kind: "person", held: scene.actor.held })),
    ended: !["in-review", "changes-requested"].includes(page.request.state),
    lawyer: roles.includes("legal") || roles.includes("dpo"),
    nameable: page.nameable,
    saying: placeOf(saying) ? saying : "",
    typed,
  }
}

function timelineOf(page: RequestPage, talk: TalkOf, on: { me: string; since: string | null }): TimelineOf {
  const { decisions, revisions, carried, conditionTurns, reminders } = page
  return { talk, decisions, revisions, carried, conditionTurns, reminders, titles: titled(page), ...on }
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
function Proposed({ page, editing, talk }: { page: RequestPage; editing: boolean; talk: TalkOf }) {
  if (page.proposals.length === 0 && (page.many || page.elsewhere > 0)) return null
  return (
    <div className="stack" id="shown">
      <TransferSets
        flows={page.proposals.flatMap((one) =>
          one.kind === "sharing" && one.op !== "end" ? [{ id: one.recordId, body: one.body as Sharing }] : [],
        )}
        hrefOf={() => null}
      />
      <Proposals
        requestId={page.request.id}
        proposals={page.proposals}
        bases={page.bases}
        moved={page.moved}
        editing={editing}
        entities={page.entities}
        titles={page.titles}
        talk={page.request.revision > 0 ? talk : null}
        {...(page.many ? { heading: say("review.shown") } : {})}
      />
      {page.before ? (
        <BeforeAfterCard
          said={beforeAfter(page.before, page.findings, (recordId) => page.days[recordId] ?? null)}
          titles={new Map([...titled(page)].map(([recordId, one]) => [recordId, one.title]))}
        />
      ) : null}
      {page.many ? null : <BandSums tips={page.tips} entities={page.entities} />}
      <Findings
        findings={page.findings}
        titles={page.clauses}
        title={say("request.findings")}
        none={page.proposals.length && page.before ? say("request.no-findings") : null}
        on={(recordId) => page.days[recordId] ?? null}
        at={(finding) => mendedAt(page, finding, editing)}
      />
    </div>
  )
}

/** What it does beyond what it proposes: to the days that sharings are covered, and to the public list. */
function Around({ page, cover }: { page: RequestPage; cover: number }) {
  if (page.many && page.request.state === "in-review") return <p className="card soft">{say("touched.many")}</p>
  return (
    <>
      {page.touched ? (
        <TouchedCoverage
          requestId={page.request.id}
          lines={page.touched.lines}
          n={page.touched.n}
          page={cover}
          entities={page.entities}
        />
      ) : null}
      {page.list && page.proposals.length ? (
        <ListAfterCard changes={page.list.changes} renamed={page.list.renamed} entities={page.entities} />
      ) : null}
    </>
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
