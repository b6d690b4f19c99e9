import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import type { Typed } from "@/components/inquiries/head-fields"
import { PasteForm, SplitForm } from "@/components/inquiries/split-form"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { draftOf, isApart, keptQuestions } from "@/domain/inquiries/draft"
import { mayAct, readableEntities } from "@/domain/people/permissions"
import { listResponsible } from "@/usecases/inquiries/draft"
import { listEntities } from "@/usecases/people/entities"
import { kept, type Kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("inquiry.new") }

const HERE = "/audit/inquiries/new"
/** Correcting a long letter takes its time. */
const MINUTES = 24 * 60

/** A letter is pasted, taken apart, corrected, and kept. Between the steps it stands with this session alone. */
async function NewInquiry({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  if (!mayAct("inquiry.make", scene.actor).ok) notFound()
  const mine = readableEntities(scene.actor)
  const companies = shown(await listEntities(scene, {}))
    .filter(({ id }) => mine === null || mine.includes(id))
    .map(({ id, entity }) => ({ id, name: entity.legalName }))
  const people = shown(await listResponsible(scene, {})).filter(({ id }) => id !== scene.actor.id)
  const held = await kept(scene, HERE, MINUTES)
  const goesOn = one(words, "refused") !== "" || one(words, "step") !== ""
  const typed = goesOn && held ? typedOf(held) : {}
  const head = {
    companies,
    people,
    typed,
    wrong: one(words, "refused") ? wrongIn(held, typed) : new Map<string, string>(),
  }
  return (
    <Frame scene={scene} current="/audit/inquiries">
      <h1>{say("inquiry.new")}</h1>
      <p className="lede">
        {isApart(typed) ? say("inquiry.correct-lede", { n: draftOf(typed).questions.length }) : say("inquiry.lede")}
      </p>
      <RefusedNotice words={words} />
      {held && !goesOn ? (
        <Notice>
          <p>
            {say("inquiry.go-on")}{" "}
            <Link className="tall" href={`${HERE}?step=2`} prefetch={false}>
              {say("inquiry.go-on-link")}
            </Link>
          </p>
        </Notice>
      ) : null}
      {isApart(typed) ? <SplitForm {...head} draft={draftOf(typed)} /> : <PasteForm {...head} />}
    </Frame>
  )
}

/** What was typed last: refused, or given back by a button. */
function typedOf(held: Kept): Typed {
  if (held.refusal) return held.input ?? {}
  return held.shown?.draft === undefined ? {} : (JSON.parse(held.shown.draft) as Typed)
}

/** What is wrong, by the fields of the form: a question is counted there among those without a text as well. */
function wrongIn(held: Kept | null, typed: Typed): Map<string, string> {
  const { places } = keptQuestions(draftOf(typed))
  const wrong = new Map<string, string>()
  if (held?.refusal?.says === "not-allowed.inquiry-companies") wrong.set("entityIds", held.refusal.says)
  for (const { path, says } of held?.refusal?.fields ?? []) {
    const [first = "", at = "", part = ""] = path.split(".")
    if (first === "questions" && part !== "") wrong.set(`${part}.${places[Number(at)] ?? at}`, says)
    else wrong.set(first, says)
  }
  return wrong
}

export default inFrame(NewInquiry)
