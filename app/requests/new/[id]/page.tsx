import type { Metadata } from "next"
import Link from "next/link"
import { IntakeSaver } from "@/components/intake/saver"
import { MissingList, StepNav } from "@/components/intake/parts"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { isFor } from "@/domain/intake/asked"
import type { Given } from "@/domain/intake/question"
import { readForm } from "@/domain/intake/values"
import { readIntake, type IntakePage } from "@/usecases/intake/read-intake"
import { kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { shownIn, stepIn, wayOf, type StepName } from "@/app/requests/new/step-words"
import { CheckOnce } from "./check-once"
import { Questions, type Typed } from "./questions"

export const metadata: Metadata = { title: say("intake.title") }

async function Intake({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const find = one(words, "find").slice(0, 300)
  const page = shown(await readIntake(scene, { id, find }))
  const all = one(words, "all") === "yes"
  const way = wayOf(page.steps)
  const step = all ? "1" : stepIn(one(words, "step") || (way[0] ?? "1"))
  const here = `/requests/new/${id}`
  // What was refused is shown where the refusal leads, and not whenever the page is opened again.
  const typed = typedIn(one(words, "refused") ? await kept(scene, here) : null, page)
  const at = (name: string): string => `${here}?step=${name}`
  return (
    <Frame scene={scene} current="/requests">
      <div className="row between">
        <h1>{all ? say(`intake.begins.${page.beginning ?? "new-supplier"}`) : say(`intake.block.${step}`)}</h1>
        <span className="row">
          <Link href={all ? at("1") : `${here}?all=yes`} prefetch={false}>
            {say(all ? "intake.by-step" : "intake.all")}
          </Link>
          <Link className="button compact" href="/requests/new" prefetch={false} title={say("intake.leave-help")}>
            {say("intake.leave")}
          </Link>
        </span>
      </div>
      <p className="soft">
        {all ? null : `${placeIn(way, step)} `}
        {all || !page.beginning ? null : `${say(`intake.begins.${page.beginning}`)}.`}{" "}
        {page.likely.length
          ? say("intake.likely", {
              who: [...new Set(page.likely.map((one) => say(`intake.stage.${one.stage}`)))].join(", "),
            })
          : null}{" "}
        {page.expected ? say("intake.expected", { day: dayWords(page.expected.on), n: page.expected.cases }) : null}
      </p>
      <StepNav steps={page.steps} current={all ? "" : step} href={at} />
      <RefusedNotice words={words} places={typed.places} />
      {one(words, "more") === "yes" ? (
        <Notice>
          <p>{say("intake.follow-up")}</p>
        </Notice>
      ) : null}
      <div className="two">
        <div className="stack">
          {step === "check" ? (
            <CheckOnce page={page} at={at} />
          ) : (
            <Answering key={`${step}${String(all)}`} page={page} step={step} all={all} find={find} typed={typed} />
          )}
        </div>
        <aside className="stack">
          <MissingList missing={page.missing} as={page.as} href={(item) => `${at(item.block)}#q.${item.id}`} />
        </aside>
      </div>
    </Frame>
  )
}

function placeIn(way: readonly StepName[], step: StepName): string {
  const n = way.indexOf(step)
  return n < 0 ? "" : `${say("intake.step", { n: n + 1, of: way.length })}.`
}

type AnsweringOn = { page: IntakePage; step: StepName; all: boolean; find: string; typed: Typed }

/** The form of a step, or of all of them; it saves as one types, and Continue saves without script. */
function Answering({ page, step, all, find, typed }: AnsweringOn) {
  const questions = page.questions.filter((question) => question.id !== "1.1" && (all || question.block === step))
  const mine = questions.filter((question) => isFor(question, page.as))
  const others = questions.filter((question) => !isFor(question, page.as))
  const on = { page, find, typed }
  return (
    <form className="card stack" id="intake" method="post" action={`/api/v1/intakes/${page.id}/answers`} noValidate>
      <input type="hidden" name="_step" value={step} />
      {all ? <input type="hidden" name="_all" value="yes" /> : null}
      <input type="hidden" name="_shown" value={questions.map((question) => question.id).join(" ")} readOnly />
      {/* The first button is the one that Enter presses. */}
      <button className="unseen" type="submit" name="_go" value="" tabIndex={-1}>
        {say("intake.continue")}
      </button>
      <Questions list={mine} on={on} />
      {others.length > 0 ? (
        <details open={others.some((question) => page.answers[question.id] !== undefined) || mine.length === 0}>
          <summary>{say("intake.others", { n: others.length })}</summary>
          <div className="stack">
            <p className="soft small">{say("intake.others-help")}</p>
            <Questions list={others} on={on} others />
          </div>
        </details>
      ) : null}
      {mine.length + others.length === 0 ? (
        <p className="soft">{say(page.answers["2.1"] ? "intake.state.not-needed" : "intake.first-data")}</p>
      ) : null}
      <div className="form-foot">
        {all || step === "1" ? null : (
          <button type="submit" name="_go" value="back">
            {say("intake.back")}
          </button>
        )}
        <button className="primary" type="submit" name="_go" value="next">
          {say("intake.continue")}
        </button>
        <IntakeSaver form="intake" version={page.version} savedAt={page.savedAt} words={SAVING} />
      </div>
    </form>
  )
}

const SAVING = {
  ...{ saved: say("intake.saved"), saving: say("intake.saving"), not: say("intake.not-saved") },
  ...{ putBack: say("intake.put-back"), moved: say("intake.moved"), both: say("intake.look-both") },
  ...{ more: say("intake.more"), less: say("intake.less") },
}

/** What was typed and refused, laid over what is saved, with what stands there where another tab saved meanwhile. */
function typedIn(before: Awaited<ReturnType<typeof kept>>, page: IntakePage): Typed {
  const input = before?.input
  const refusal = before?.refusal
  if (!input || !refusal) return { given: {}, wrong: new Map(), moved: false, places: [] }
  const given: Record<string, Given | null> = readForm(input, shownIn(input))
  const fields = (refusal.fields ?? []).filter((field) => page.questions.some(({ id }) => `q.${id}` === field.path))
  return {
    given,
    wrong: new Map(fields.map((field) => [field.path.slice(2), field.says])),
    moved: refusal.says === "conflict.intake-moved",
    places: fields.map((field) => ({
      path: field.path,
      words: say("form.wrong", { place: say(`intake.q.${field.path.slice(2)}`), why: say(field.says) }),
    })),
  }
}

export default inFrame(Intake)
