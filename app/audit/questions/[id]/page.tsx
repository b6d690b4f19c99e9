import type { Metadata } from "next"
import Link from "next/link"
import { kindOfId, pathOf } from "@/components/records/record-path"
import { TextArea } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { WITHHELD } from "@/domain/records/withheld"
import { readQuestion, type QuestionThread } from "@/usecases/questions/read-questions"
import { kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("questions.question") }

async function Question({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const thread = shown(await readQuestion(scene, { id }))
  const { question } = thread
  const here = `/audit/questions/${id}`
  const typed = words.refused ? ((await kept(scene, here))?.input ?? {}) : {}
  const before = (name: string): string => (typeof typed[name] === "string" ? typed[name] : "")
  const asker = question.byPerson === scene.actor.id
  const answers = !asker && mayAct("question.answer", scene.actor).ok
  return (
    <Frame scene={scene} current="/audit/questions">
      <h1>{say("questions.about", { title: thread.titles[question.subjectId] ?? question.subjectId })}</h1>
      <RefusedNotice words={words} />
      <p>
        <Named id={question.subjectId} titles={thread.titles} />
        {question.dueOn ? ` ${say("questions.due-on", { day: dayWords(question.dueOn) })}` : ""}
      </p>
      <ol className="plain-list stack">
        <li className="card stack">
          <Said by={thread.names[question.byPerson] ?? question.byPerson} at={question.at} words={question.words} />
        </li>
        {thread.replies.map((reply) => (
          <li className="card stack" key={reply.id}>
            <Said
              by={`${thread.names[reply.byPerson] ?? reply.byPerson}, ${say(`questions.side.${reply.side}`)}`}
              at={reply.at}
              words={reply.words}
            />
            <PointsAt reply={reply} titles={thread.titles} />
          </li>
        ))}
      </ol>
      {asker || answers ? (
        <form className="card stack no-print" method="post" action="/api/v1/questions/replies">
          <input type="hidden" name="questionId" value={id} />
          <input type="hidden" name="side" value={answers ? "company" : "supervisor"} />
          <TextArea
            name="words"
            label={say(answers ? "questions.answer" : "questions.add")}
            value={before("words")}
            required
          />
          {answers ? (
            <>
              <TextArea
                name="recordIds"
                label={say("questions.records")}
                help={say("questions.records-help")}
                value={before("recordIds")}
                rows={2}
              />
              <TextArea name="fileIds" label={say("questions.files")} value={before("fileIds")} rows={2} />
            </>
          ) : null}
          <div>
            <button className="primary" type="submit">
              {say(answers ? "questions.answer-go" : "questions.add-go")}
            </button>
          </div>
        </form>
      ) : null}
    </Frame>
  )
}

function Said({ by, at, words }: { by: string; at: string; words: string | null }) {
  return (
    <>
      <p className="soft small">
        {by}, <At instant={at} />
      </p>
      <p className="prose">{words ?? say("questions.erased")}</p>
    </>
  )
}

function PointsAt({ reply, titles }: { reply: QuestionThread["replies"][number]; titles: Record<string, string> }) {
  if (reply.recordIds.length + reply.files.length === 0) return null
  return (
    <ul className="plain-list">
      {reply.recordIds.map((id, i) => (
        <li key={`${id}${i}`}>{id === WITHHELD ? say("questions.withheld") : <Named id={id} titles={titles} />}</li>
      ))}
      {reply.files.map((file) => (
        <li key={file.id}>
          <a className="tall" href={`/api/v1/files/${file.id}`}>
            {file.name}
          </a>
        </li>
      ))}
    </ul>
  )
}

function Named({ id, titles }: { id: string; titles: Readonly<Record<string, string>> }) {
  const kind = kindOfId(id)
  return (
    <Link className="tall" href={kind ? pathOf(kind, id) : `/requests/${id}`} prefetch={false}>
      {titles[id] ?? id}
    </Link>
  )
}

export default inFrame(Question)
