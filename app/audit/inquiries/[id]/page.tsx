import type { Metadata } from "next"
import Link from "next/link"
import { AnswerForm } from "@/components/inquiries/answer-form"
import { Answered } from "@/components/inquiries/answered"
import { InquiryState } from "@/components/inquiries/inquiry-table"
import { LetterEnd } from "@/components/inquiries/letter-end"
import { RefusedNotice } from "@/components/ui/notice"
import { SendFile } from "@/components/ui/send-file"
import { At, dayWords, On } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { inMainland } from "@/domain/exports/mainland"
import { fromOf, QUESTIONS_SHOWN } from "@/domain/inquiries/place"
import { askFields, fieldsOfQuery } from "@/domain/inquiries/query-form"
import { isOnlySupervisor, mayAct } from "@/domain/people/permissions"
import { filesForAnswer, readInquiry, type InquiryLine, type InquiryPage } from "@/usecases/inquiries/read-inquiries"
import { listEntities } from "@/usecases/people/entities"
import { kept, type Kept } from "@/usecases/people/kept"
import type { Scene } from "@/usecases/scene"
import { inFrame } from "@/app/in-frame"
import { queryWords } from "@/app/inquiry-words"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("object.inquiry") }

/** An authority's letter: its questions, each with its answer as of the letter's instant; then the release, and the package. */
async function Inquiry({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await readInquiry(scene, { id, from: numberIn(words, "from") ?? 0 }))
  const { inquiry } = page
  const here = `/audit/inquiries/${id}`
  const today = scene.now.slice(0, 10)
  const all = shown(await listEntities(scene, {}))
  const names = Object.fromEntries(all.map(({ id: company, entity }) => [company, entity.legalName]))
  const held = one(words, "refused") ? await kept(scene, here) : null
  const open = numberIn(words, "answer")
  // A released letter is closed; whoever corrects it says so first.
  const answers = mayAct("inquiry.answer", scene.actor).ok && (!inquiry.released || one(words, "change") !== "")
  const ofLetter = all.filter((line) => inquiry.entityIds.includes(line.id))
  const mainland = inMainland(ofLetter.map(({ id: company, entity }) => ({ id: company, country: entity.country })))
  const wrong = new Map((held?.refusal?.fields ?? []).map(({ path, says }) => [path, says]))
  return (
    <Frame scene={scene} current="/audit/inquiries">
      <div className="row between">
        <h1>
          {inquiry.authority === null
            ? say("inquiry.head-erased")
            : say("inquiry.head-of", { authority: inquiry.authority })}
        </h1>
        <span>
          <InquiryState line={inquiry} today={today} />
        </span>
      </div>
      <p className="lede">{ledeOf(page, today)}</p>
      <RefusedNotice words={words} />
      <Head page={page} names={names} />
      <section className="stack" aria-labelledby="questions">
        <h2 id="questions">{say("inquiry.questions")}</h2>
        <ol className="plain-list stack">
          {page.lines.map((line) => (
            <li
              className="card stack inquiry-line"
              id={`question-${line.place}`}
              key={line.place}
              data-depth={line.depth}
            >
              <p className="prose inquiry-question">
                {line.number ? <strong>{line.number} </strong> : null}
                {line.text ?? say("inquiry.erased")}
              </p>
              {answers && open === line.place ? (
                <Form
                  {...{
                    scene,
                    id,
                    line,
                    held,
                    sent: one(words, "sent"),
                    back: `${here}${fromOf(line.place)}#question-${line.place}`,
                  }}
                  companies={ofLetter.map(({ id: company, entity }) => ({ id: company, name: entity.legalName }))}
                />
              ) : (
                <>
                  <Answered
                    line={line}
                    instant={inquiry.instant}
                    companies={inquiry.entityIds}
                    queryWords={line.query ? queryWords(line.query, names) : ""}
                  />
                  {answers ? <AnswerLink {...{ here, line, changes: inquiry.released }} /> : null}
                </>
              )}
            </li>
          ))}
        </ol>
        <Pages {...{ here, page }} />
      </section>
      {answers && open !== null ? (
        <div className="no-print stack">
          <p className="soft small">{say("inquiry.file-first")}</p>
          <noscript>{say("inquiry.keep-first")}</noscript>
          <SendFile what="answer" part={`question-${open}`} />
        </div>
      ) : null}
      <LetterEnd
        inquiry={inquiry}
        mayRelease={page.mayRelease}
        proof={proofOf(scene, here)}
        mayPack={mayAct("export.make", scene.actor).ok}
        mainland={{
          asked: ofLetter.flatMap((line) => (mainland.includes(line.id) ? [line.entity.legalName] : [])),
          typed: held?.input ?? {},
          wrong: (name) => wrong.get(name) ?? null,
          visits: isOnlySupervisor(scene.actor),
        }}
      />
      {inquiry.released && !answers && mayAct("inquiry.answer", scene.actor).ok ? (
        <p className="no-print">
          <Link className="tall" href={`${here}?change=1`} prefetch={false}>
            {say("inquiry.reopen")}
          </Link>{" "}
          <span className="soft small">{say("inquiry.reopen-why")}</span>
        </p>
      ) : null}
      <p className="soft small no-print">{say("inquiry.print-help")}</p>
    </Frame>
  )
}

/** A whole number in the address; null: none. */
function numberIn(words: Awaited<Words>, name: string): number | null {
  return /^\d{1,4}$/.test(one(words, name)) ? Number(one(words, name)) : null
}

function ledeOf({ inquiry }: InquiryPage, today: string): string {
  const { answered: n, questions: all, dueOn, released } = inquiry
  if (released) return say("inquiry.lede-released")
  const late = dueOn !== null && dueOn < today ? ` ${say("inquiry.late-lede", { day: dayWords(dueOn) })}` : ""
  if (n === all) return `${say("inquiry.lede-waits")}${late}`
  if (late || dueOn === null) return `${say("inquiry.lede-undue", { n, all })}${late}`
  return say("inquiry.lede-open", { n, all, day: dayWords(dueOn) })
}

function Head({ page: { inquiry }, names }: { page: InquiryPage; names: Readonly<Record<string, string>> }) {
  return (
    <section className="card stack">
      <dl>
        {inquiry.reference === null ? null : (
          <>
            <dt>{say("inquiry.reference")}</dt>
            <dd>{inquiry.reference}</dd>
          </>
        )}
        <dt>{say("inquiry.received")}</dt>
        <dd>
          <On day={inquiry.receivedOn} />
        </dd>
        <dt>{say("inquiry.due")}</dt>
        <dd>{inquiry.dueOn ? <On day={inquiry.dueOn} /> : say("inquiry.due-none")}</dd>
        <dt>{say("inquiry.companies")}</dt>
        <dd>{inquiry.entityIds.map((one) => names[one] ?? one).join(", ")}</dd>
        <dt>{say("inquiry.instant")}</dt>
        <dd>
          <At instant={inquiry.instant} /> UTC
        </dd>
        <dt>{say("inquiry.responsible")}</dt>
        <dd>{inquiry.responsibleName}</dd>
      </dl>
      {inquiry.before === null ? null : (
        <details className="print-open">
          <summary>{say("inquiry.before")}</summary>
          <p className="prose">{inquiry.before}</p>
        </details>
      )}
      <p className="soft small">
        {say("inquiry.by", { by: inquiry.byName })}, <At instant={inquiry.at} />
      </p>
    </section>
  )
}

function AnswerLink({ here, line, changes }: { here: string; line: InquiryLine; changes: boolean }) {
  const from = fromOf(line.place)
  const words = `${from === "" ? "?" : `${from}&`}answer=${line.place}${changes ? "&change=1" : ""}`
  const does = say(line.prose === null && line.query === null ? "inquiry.answer-it" : "inquiry.change-it")
  return (
    <p className="no-print">
      <Link
        className="button compact"
        href={`${here}${words}#question-${line.place}`}
        prefetch={false}
        aria-label={say("inquiry.answer-of", { does, n: line.number || String(line.place + 1) })}
      >
        {does}
      </Link>
    </p>
  )
}

type FormProps = {
  scene: Scene
  id: string
  line: InquiryLine
  held: Kept | null
  /** The file that was sent from here just now. */
  sent: string
  companies: { id: string; name: string }[]
  back: string
}

/** The form of one question: as it stands, or as it was typed and refused. */
async function Form({ scene, id, line, held, sent, companies, back }: FormProps) {
  const typed = held?.input?.place === String(line.place) ? (held.input ?? {}) : null
  const own = shown(await filesForAnswer(scene, {}))
  const others = line.files.filter((file) => !own.some((one) => one.id === file.id))
  const textOf = (name: string): string => (typeof typed?.[name] === "string" ? typed[name] : "")
  const moved = typed !== null && held?.refusal?.says === "conflict.inquiry-moved"
  return (
    <AnswerForm
      {...{ letter: id, place: line.place, n: line.n, companies, back }}
      prose={typed ? textOf("prose") : (line.prose ?? "")}
      asked={typed ? askFields(typed) : fieldsOfQuery(line.query)}
      files={[...others, ...own]}
      chosen={
        typed ? [typed.files ?? []].flat() : [...line.fileIds, ...own.flatMap((one) => (one.id === sent ? [sent] : []))]
      }
      sent={sent}
      fileIds={typed ? textOf("fileIds") : ""}
      wrong={typed ? new Map((held?.refusal?.fields ?? []).map(({ path, says }) => [path, says])) : new Map()}
      meanwhile={moved ? { prose: line.prose, by: line.byName, at: line.at } : null}
    />
  )
}

function Pages({ here, page }: { here: string; page: InquiryPage }) {
  const first = page.lines[0]?.place ?? 0
  if (page.next === null && first === 0) return null
  return (
    <p className="row no-print">
      {first > 0 ? (
        <Link className="button" href={`${here}${fromOf(Math.max(0, first - QUESTIONS_SHOWN))}`} prefetch={false}>
          {say("inquiry.first")}
        </Link>
      ) : null}
      {page.next === null ? null : (
        <Link className="button" href={`${here}${fromOf(page.next)}`} prefetch={false}>
          {say("inquiry.more")}
        </Link>
      )}
    </p>
  )
}

export default inFrame(Inquiry)
