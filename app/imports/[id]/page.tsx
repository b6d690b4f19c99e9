import type { Metadata } from "next"
import Link from "next/link"
import { ColumnForm } from "@/components/imports/column-form"
import { BadRows } from "@/components/imports/bad-rows"
import { LeftOutRows } from "@/components/imports/left-out-rows"
import { TypedCells } from "@/components/imports/typed-cells"
import { ImportState } from "@/components/imports/import-state"
import { RequestState } from "@/components/requests/request-table"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { readImport, type ImportPage, type ImportView } from "@/usecases/imports/read-import"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("imports.title") }

async function OneImport({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const after = Number(one(words, "after"))
  const page = shown(
    await readImport(scene, { importId: id, after: Number.isSafeInteger(after) && after > 0 ? after : 0 }),
  )
  const { view } = page
  const busy = ["trying", "reading", "proposing", "writing"].includes(view.state)
  return (
    <Frame scene={scene} current="/imports">
      {busy ? <meta httpEquiv="refresh" content="2" /> : null}
      <div className="row between">
        <h1>{view.name}</h1>
        <ImportState state={view.state} />
      </div>
      <RefusedNotice words={words} />
      {view.problem ? (
        <Notice tone="bad">
          <p>{say(view.problem.says, view.problem.params)}</p>
        </Notice>
      ) : null}
      {busy ? <Progress view={view} /> : null}
      {view.state === "tried" ? <Tried view={view} mine={view.byPerson === scene.actor.id} /> : null}
      {view.state === "proposed" ? <Proposed view={view} requests={page.requests} /> : null}
      {page.bad.length ? (
        <BadRows
          id={id}
          header={view.settings.header}
          bad={page.bad}
          next={page.next}
          mends={view.state === "tried" && mayAct("import.make", scene.actor).ok}
        />
      ) : null}
      <LeftOutRows
        id={id}
        leftOut={view.settings.leftOut ?? {}}
        names={page.names}
        mends={view.state === "tried" && mayAct("import.make", scene.actor).ok}
      />
      <TypedCells header={view.settings.header} corrections={view.settings.corrections ?? {}} names={page.names} />
      {busy || view.state === "proposed" ? null : (
        <ColumnForm
          id={id}
          vendors={view.format === "vendor-list"}
          settings={view.settings}
          joins={view.counts.joins}
          again={view.state !== "opened"}
        />
      )}
    </Frame>
  )
}

function Progress({ view }: { view: ImportView }) {
  return (
    <section className="card stack" role="status">
      <p>
        {say(view.state === "trying" || view.state === "reading" ? "imports.reading" : "imports.proposing", {
          n: view.counts.rows,
        })}
      </p>
      <progress aria-label={say("imports.state.trying")} />
      <p className="soft small">{say("imports.leave")}</p>
    </section>
  )
}

function Tried({ view, mine }: { view: ImportView; mine: boolean }) {
  const { rows, valid, invalid, sharings, leftOut = 0 } = view.counts
  return (
    <section className="card stack">
      <h2>{say("imports.tried", { n: rows })}</h2>
      <p>
        {say("imports.tried-counts", { valid, invalid, sharings })}
        {leftOut ? ` ${say("imports.left-out-counts", { n: leftOut })}` : ""}
      </p>
      <p className="soft">{say("imports.tried-help")}</p>
      {mine && valid > 0 ? (
        <form method="post" action={`/api/v1/imports/${view.id}/request`}>
          <button className="primary" type="submit">
            {say("imports.propose", { n: valid })}
          </button>
        </form>
      ) : null}
    </section>
  )
}

function Proposed({ view, requests }: { view: ImportView; requests: ImportPage["requests"] }) {
  const of = `f.import=${view.id}`
  return (
    <section className="card stack">
      <p>{say("imports.proposed", { n: view.counts.valid })}</p>
      <div className="row">
        <Link className="button primary" href={`/requests/${view.requestId}`} prefetch={false}>
          {say("imports.to-request")}
        </Link>
        <form method="post" action={`/api/v1/imports/${view.id}/undoing`}>
          <input type="hidden" name="title" value={say("imports.undo-of", { name: view.name })} />
          <button type="submit">{say("imports.undo")}</button>
        </form>
      </div>
      <p className="soft small">{say("imports.undo-help")}</p>
      {requests.length ? (
        <>
          <h2>{say("imports.requests")}</h2>
          <ul>
            {requests.map((item) => (
              <li key={item.id}>
                <Link href={`/requests/${item.id}`} prefetch={false}>
                  R-{item.no} {item.title}
                </Link>{" "}
                <RequestState state={item.state} />{" "}
                <span className="soft small">{say("imports.request-holds", { n: item.n })}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <ul>
        {[
          [`/parties?f.decision=undecided&${of}`, "imports.suppliers"],
          [`/parties?${of}`, "imports.its-parties"],
          [`/sharings?${of}&f.standing=discovered`, "imports.its-sharings"],
        ].map(([href = "", says = ""]) => (
          <li key={says}>
            <Link href={href} prefetch={false}>
              {say(says)}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

export default inFrame(OneImport)
