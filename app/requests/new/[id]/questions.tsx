import { answerWords } from "@/components/intake/answer-words"
import { Approved } from "@/components/intake/approved"
import { PartyQuestion } from "@/components/intake/party-question"
import { QuestionField } from "@/components/intake/question-field"
import { say } from "@/components/words/catalogue"
import { canonical } from "@/domain/core/canonical"
import type { Given, Question } from "@/domain/intake/question"
import type { IntakePage } from "@/usecases/intake/read-intake"

/** What a refused form held, what was wrong with it, and whether another tab was quicker. */
export type Typed = {
  given: Record<string, Given | null>
  wrong: ReadonlyMap<string, string>
  moved: boolean
  places: { path: string; words: string }[]
}
type On = { page: IntakePage; find: string; typed: Typed }

/** Questions one below the other, each with what belongs beside it. */
export function Questions({ list, on, others = false }: { list: readonly Question[]; on: On; others?: boolean }) {
  return list.map((question) => (
    <div key={question.id} className="stack tight">
      {others ? (
        <p className="soft small">
          {say("intake.answered-by", { who: question.who.map((one) => say(`intake.who.${one}`)).join(", ") })}
        </p>
      ) : null}
      <One question={question} on={on} />
      {question.id === "1.5" && on.page.approved.length > 0 ? <Already page={on.page} /> : null}
      {question.id === "2.1" ? <WhatFollows page={on.page} /> : null}
    </div>
  ))
}

function One({ question, on: { page, find, typed } }: { question: Question; on: On }) {
  const stored = page.answers[question.id]
  const tried = typed.given[question.id]
  const given = tried === undefined ? stored : (tried ?? undefined)
  const differs = typed.moved && canonical(given ?? null) !== canonical(stored ?? null)
  const { needs } = page
  return (
    <QuestionField
      question={question}
      given={given}
      wrong={typed.wrong.get(question.id) ?? null}
      elsewhere={differs ? answerWords(question, stored, { titles: titlesOf(page), needs }).join("; ") : null}
      choices={page.choices[question.id] ?? []}
      places={page.places}
      needs={needs.map((need) => ({ ...need, text: triedText(tried, need.key) ?? need.text }))}
      find={find}
      suggestion={given === undefined && tried === undefined ? (page.suggestions[question.id] ?? "") : ""}
      {...(question.id === "1.3"
        ? { instead: <PartyQuestion given={given} party={page.party} hits={page.hits} find={find} /> }
        : {})}
    />
  )
}

function triedText(tried: Given | null | undefined, key: string): string | undefined {
  return tried?.state === "known" ? (tried.value as Record<string, string>)[key] : undefined
}

/** Names of what answers name: companies, records, and those that are offered. */
export function titlesOf(page: IntakePage): Record<string, string> {
  const offered = Object.values(page.choices).flatMap((list) => list.map((item) => [item.id, item.label] as const))
  return { ...Object.fromEntries(offered), ...page.entities, ...page.titles }
}

function Already({ page }: { page: IntakePage }) {
  const kinds = page.answers["3.2"]
  const list = kinds?.state === "known" && Array.isArray(kinds.value) ? kinds.value : []
  return (
    <div className="notice">
      <p>{say("intake.approved-found", { n: page.approved.length })}</p>
      <Approved flows={page.approved} kinds={list} entities={page.entities} linksOnly />
    </div>
  )
}

function WhatFollows({ page }: { page: IntakePage }) {
  const given = page.answers["2.1"]
  if (given?.state === "unknown") return <p className="notice">{say("intake.not-sure-note")}</p>
  return given?.state === "known" && given.value === "no" ? (
    <p className="notice">{say("intake.no-data-note")}</p>
  ) : null
}
