import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { Choose } from "@/components/folders/folder-line"
import { reasonsWords } from "@/components/folders/reason-words"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { readFolderLine } from "@/usecases/folders/read-folder"

export const metadata: Metadata = { title: say("folder.title") }

type Params = Promise<{ id: string; line: string }>

/** One file of a folder: all that was proposed for it, and a search for another agreement. */
async function OneLine({ params, searchParams }: { params: Params; searchParams: Words }) {
  const { id, line: n } = await params
  if (!/^\d{1,4}$/.test(n) || Number(n) < 1) notFound()
  const words = await searchParams
  const scene = await signedIn()
  const q = one(words, "q").slice(0, 200)
  const { line, around, found } = shown(await readFolderLine(scene, { id, line: Number(n), q }))
  const place = { id, view: "all", after: Math.max(0, line.line - 1) }
  const choose = (agreementId: string, title: string) => (
    <Choose
      {...{ line, place, choice: "confirm", agreementId }}
      label={say("folder.confirm-for", { title, name: line.name })}
    >
      {say("folder.confirm")}
    </Choose>
  )
  return (
    <Frame scene={scene} current="/agreements">
      <p>
        <Link href={`/agreements/folders/${id}?after=${place.after}#line-${line.line}`} prefetch={false}>
          {say("folder.line-back")}
        </Link>
      </p>
      <h1>{say("folder.line-title", { name: line.name })}</h1>
      <RefusedNotice words={words} />
      {line.fileId ? (
        <p>
          <a className="tall" href={`/api/v1/files/${line.fileId}`} download>
            {say("folder.take-file")}
          </a>
        </p>
      ) : null}
      <section className="card stack" aria-labelledby="proposed">
        <h2 id="proposed">{say("folder.found")}</h2>
        {line.candidates.length === 0 ? <p className="soft">{say("folder.no-candidates")}</p> : null}
        <ul className="plain-list stack">
          {line.candidates.map((candidate) => {
            const paper = around.papers[candidate.id]
            return paper ? (
              <li key={candidate.id} className="row between">
                <div>
                  <Link className="tall" href={`/agreements/${candidate.id}`} prefetch={false}>
                    {paper.title}
                  </Link>
                  <div className="soft small">{reasonsWords(candidate.reasons)}</div>
                </div>
                {paper.ended || line.requestId ? null : choose(candidate.id, paper.title)}
              </li>
            ) : null
          })}
        </ul>
      </section>
      <section className="card stack" aria-labelledby="other">
        <h2 id="other">{say("folder.other")}</h2>
        <form className="row" role="search" method="get">
          <label htmlFor="find-agreement">{say("folder.search")}</label>
          <input id="find-agreement" type="search" name="q" defaultValue={q} maxLength={200} />
          <button type="submit">{say("folder.search-go")}</button>
        </form>
        {q.trim() !== "" && found.length === 0 ? <p role="status">{say("folder.search-none")}</p> : null}
        <ul className="plain-list stack">
          {found.map(({ id: agreementId, title, partyName }) => (
            <li key={agreementId} className="row between">
              <div>
                <Link className="tall" href={`/agreements/${agreementId}`} prefetch={false}>
                  {title}
                </Link>
                <div className="soft small">{partyName}</div>
              </div>
              {line.requestId ? null : choose(agreementId, title)}
            </li>
          ))}
        </ul>
      </section>
    </Frame>
  )
}

export default inFrame(OneLine)
