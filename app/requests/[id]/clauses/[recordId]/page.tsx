import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { askedOf, PaperDesk } from "@/app/paper-desk"
import { PaperSignatures } from "@/app/paper-signatures"
import { clausesAddress } from "@/components/papers/address"
import { meaningOf } from "@/components/papers/clause-list"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { isId } from "@/domain/core/id"
import type { Agreement } from "@/domain/records/agreement"
import { kept } from "@/usecases/people/kept"
import { papersAlike } from "@/usecases/papers/papers-alike"
import { paperText, type PaperText } from "@/usecases/papers/paper-text"
import { editDraft } from "@/usecases/requests/edit-draft"
import type { Scene } from "@/usecases/scene"

export const metadata: Metadata = { title: say("paper.mark") }

async function MarkClauses({
  params,
  searchParams,
}: {
  params: Promise<{ id: string; recordId: string }>
  searchParams: Words
}) {
  const { id, recordId } = await params
  const scene = await signedIn()
  const words = await searchParams
  if (!isId("agreement", recordId)) notFound()
  const page = shown(await editDraft(scene, { requestId: id, recordId }))
  const paper = page.body as unknown as Agreement
  const asked = askedOf(words, paper.files)
  const form = `/requests/${id}/records/${recordId}`
  const text = asked.file ? shown(await paperText(scene, { fileId: asked.file })) : null
  const before = words.refused ? await kept(scene, `/requests/${id}/clauses/${recordId}`) : null
  const quote = before?.input?.quote
  const done = one(words, "done").slice(0, 40)
  const to = (at: Record<string, unknown>): string => clausesAddress(id, recordId, at)
  return (
    <Frame scene={scene} current="/requests">
      <p className="row">
        <Link href={form} prefetch={false}>
          {say("paper.back-form")}
        </Link>
        <Link href={`/requests/${id}`} prefetch={false}>
          {say("paper.back-request")}
        </Link>
      </p>
      <h1>{say("paper.title", { title: page.title })}</h1>
      <RefusedNotice words={words} />
      {done ? (
        <Notice tone="good">
          <p>{say("paper.marked", { clause: meaningOf(done) })}</p>
        </Notice>
      ) : null}
      {text ? (
        <>
          <PaperDesk
            paper={paper}
            text={text}
            asked={asked}
            to={to}
            action={`/api/v1/requests/${id}/clauses/${recordId}`}
            before={{
              quote: typeof quote === "string" ? quote : "",
              wrong: before?.refusal?.fields?.find(({ path }) => path === "quote" || path === "page")?.says ?? null,
            }}
            beside={
              <PaperSignatures
                scene={scene}
                fileIds={[asked.file]}
                asOf={null}
                toPage={(fileId, page) => clausesAddress(id, recordId, { fileId, page })}
              />
            }
          />
          <Otherwise scene={scene} requestId={id} recordId={recordId} paper={paper} text={text} />
        </>
      ) : (
        <Notice tone="warn">
          <p>
            {say("paper.no-files")}{" "}
            <a className="tall" href={form}>
              {say("paper.back-form")}
            </a>
          </p>
        </Notice>
      )}
    </Frame>
  )
}

/** Marks that are there already: of another file of this paper, or of another paper that says the same. */
async function Otherwise({
  scene,
  requestId,
  recordId,
  paper,
  text,
}: {
  scene: Scene
  requestId: string
  recordId: string
  paper: Agreement
  text: PaperText
}) {
  const others = paper.files.filter(({ fileId }) => fileId !== text.fileId)
  const marked = others.filter(({ fileId }) => paper.marks.some((mark) => mark.fileId === fileId))
  const alike = text.words ? await papersAlike(scene, { recordId, words: text.words }) : null
  const same = alike?.ok ? alike.value : []
  const action = `/api/v1/requests/${requestId}/clauses/${recordId}`
  return (
    <>
      {marked.length ? (
        <section className="card stack" aria-label={say("paper.carry")}>
          <h2>{say("paper.carry")}</h2>
          <p>{say("paper.carry-help")}</p>
          {marked.map(({ fileId, name }) => (
            <form key={fileId} className="row" method="post" action={`${action}/carried`}>
              <input type="hidden" name="from" value={fileId} />
              <input type="hidden" name="to" value={text.fileId} />
              <button type="submit">{say("paper.carry-from", { name })}</button>
            </form>
          ))}
        </section>
      ) : null}
      {same.length ? (
        <section className="card stack" aria-label={say("paper.alike")}>
          <h2>{say("paper.alike")}</h2>
          <p>{say("paper.alike-help")}</p>
          {same.map(({ id, title, marked: n }) => (
            <form key={id} className="row" method="post" action={`${action}/taken`}>
              <input type="hidden" name="fileId" value={text.fileId} />
              <input type="hidden" name="of" value={id} />
              <span>{title}</span>
              <button type="submit">{say("paper.take", { n })}</button>
            </form>
          ))}
        </section>
      ) : null}
      {others.length ? (
        <section className="card stack" aria-label={say("paper.compare")}>
          <h2>{say("paper.compare")}</h2>
          <ul className="plain-list">
            {others.map(({ fileId, name }) => (
              <li key={fileId}>
                <Link className="tall" href={`/papers/compare?older=${fileId}&newer=${text.fileId}`} prefetch={false}>
                  {say("paper.compare-with", { name })}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  )
}

export default inFrame(MarkClauses)
