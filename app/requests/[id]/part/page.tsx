import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { ProofField } from "@/components/people/prove"
import { TextArea } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { kept } from "@/usecases/people/kept"
import { readRequest } from "@/usecases/requests/read-request"
import { partOfRequest, type PartOfRequest } from "@/usecases/requests/review-request"
import { proofOf } from "@/app/sign-on"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { selectionOf, selectionWords } from "@/app/selection"

export const metadata: Metadata = { title: say("part.title") }

/** What would leave the request with a selection, said before anybody sends it back. */
async function Part({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await readRequest(scene, { id }))
  const seats = page.stages.filter((stage) => stage.mayDecide && stage.seat === "decides")
  const [seat] = seats
  if (!seat || page.request.kind !== "import") notFound()
  const chosen = selectionOf(words)
  const part = shown(await partOfRequest(scene, { id, ...chosen }))
  const before = await kept(scene, `/requests/${id}/part`)
  const importer = page.names[page.request.createdBy] ?? ""
  const possible = part.chosen > 0 && part.stays
  return (
    <Frame scene={scene} current="/requests">
      <h1>{say("part.title")}</h1>
      <p className="lede soft">
        <Link href={`/requests/${id}`} prefetch={false}>
          R-{page.request.no} {page.request.title}
        </Link>
      </p>
      <RefusedNotice words={words} />
      {possible ? null : (
        <Notice tone="warn">
          <p>{say(part.chosen === 0 ? "invalid.nothing-chosen" : "invalid.nothing-stays")}</p>
        </Notice>
      )}
      {part.chosen ? <Leaving part={part} /> : null}
      {possible ? (
        <form className="card stack" method="post" action={`/api/v1/requests/${id}/parts`}>
          <p>{say("part.what-happens", { importer, staying: part.staying })}</p>
          {[
            ["hash", part.hash],
            ["stage", seat.stage],
            ["entityId", seat.entityId],
            ["title", say("part.draft-title", { title: part.title }).slice(0, 300)],
            ...selectionWords(chosen),
          ].map(([name = "", value = ""]) => (
            <input key={name + value} type="hidden" name={name} value={value} />
          ))}
          <TextArea
            name="reason"
            label={say("part.reason", { importer })}
            value={typeof before?.input?.reason === "string" ? before.input.reason : ""}
            required
          />
          <ProofField proof={proofOf(scene, `/requests/${id}`)} />
          <p className="soft small">
            {say("part.seat", { stage: say(`stage.${seat.stage}`) })} <code>{part.hash.slice(0, 12)}</code>
          </p>
          <div className="row">
            <button className="primary" type="submit">
              {say("part.go", { n: part.leaving })}
            </button>
            <Link className="button" href={`/requests/${id}`} prefetch={false}>
              {say("part.back")}
            </Link>
          </div>
        </form>
      ) : (
        <Link className="button" href={`/requests/${id}`} prefetch={false}>
          {say("part.back")}
        </Link>
      )}
    </Frame>
  )
}

function Leaving({ part }: { part: PartOfRequest }) {
  const more = part.leaving - part.chosen
  return (
    <section className="card stack" aria-labelledby="leaving">
      <h2 id="leaving">{say("part.leaving", { n: part.leaving })}</h2>
      <p>
        {say("part.chosen", { n: part.chosen })} {more ? say("part.with-them", { n: more }) : ""}
      </p>
      <ul>
        {part.first.map((item) => (
          <li key={item.recordId}>
            {item.title} <span className="soft small">{say(`kind.${item.kind}`)}</span>
            {item.chosen ? null : <span className="soft small"> · {say("part.stands-on")}</span>}
          </li>
        ))}
      </ul>
      {part.leaving > part.first.length ? (
        <p className="soft small">{say("findings.more", { n: part.leaving - part.first.length })}</p>
      ) : null}
    </section>
  )
}

export default inFrame(Part)
