import type { Metadata } from "next"
import Link from "next/link"
import { QuestionTable } from "@/components/audit/question-table"
import { SelectField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { listQuestions } from "@/usecases/questions/read-questions"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("questions.title") }

const HERE = "/audit/questions"
const STATES = ["all", "open", "answered"] as const

async function Questions({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const state = STATES.find((known) => known === one(words, "state")) ?? "all"
  const page = shown(await listQuestions(scene, { state, after: one(words, "after").slice(0, 80) }))
  const more = new URLSearchParams({ state, after: page.next ?? "" })
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("questions.title")}</h1>
      <p className="lede soft">{say("questions.lede", page.counts)}</p>
      <form className="row end" action={HERE}>
        <SelectField
          name="state"
          label={say("questions.state")}
          value={state}
          options={STATES.map((value) => ({ value, label: say(`questions.state.${value}`) }))}
        />
        <button type="submit">{say("list.go")}</button>
      </form>
      <section className="card stack">
        {page.questions.length ? (
          <QuestionTable {...page} today={scene.now.slice(0, 10)} />
        ) : (
          <p className="soft">{say("questions.none")}</p>
        )}
        {page.next ? (
          <p>
            <Link className="button" href={`${HERE}?${more}`} prefetch={false}>
              {say("list.more")}
            </Link>
          </p>
        ) : null}
      </section>
    </Frame>
  )
}

export default inFrame(Questions)
