import type { Metadata } from "next"
import Link from "next/link"
import { LetterForms, SentLetters } from "@/components/renewals/letter-forms"
import { letterDraft } from "@/components/renewals/letter-words"
import { RefusedNotice } from "@/components/ui/notice"
import { SendFile } from "@/components/ui/send-file"
import { say } from "@/components/words/catalogue"
import { LETTER_KINDS } from "@/domain/agreements/letters"
import { mayAct } from "@/domain/people/permissions"
import { readLetters } from "@/usecases/letters/read-letters"
import { heldFiles } from "@/usecases/files/held"
import { kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("letters.title") }

/** Letters under an agreement: drafted from its own terms, taken as PDF, and recorded with the proof that they went out. */
async function Letters({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await readLetters(scene, { id }))
  const path = `/agreements/${id}/letters`
  const kind = LETTER_KINDS.find((known) => known === one(words, "kind")) ?? "termination"
  const before = typeof words.refused === "string" ? await kept(scene, path) : null
  const typed = (name: string): string => {
    const value = before?.input?.[name]
    return typeof value === "string" ? value : ""
  }
  const wrong = (name: string): string | null => {
    const field = before?.refusal?.fields?.find((item) => item.path === name)
    return field ? say(field.says, before?.refusal?.params) : null
  }
  const { body } = page.record
  const sends = scene.actor !== null && mayAct("letter.send", scene.actor).ok && page.record.standing !== "ended"
  return (
    <Frame scene={scene} current="/agreements">
      <p className="over">
        <Link href={`/agreements/${id}`} prefetch={false}>
          {body.title}
        </Link>
      </p>
      <h1>{say("letters.title")}</h1>
      <p className="lede">{say("letters.lede")}</p>
      <RefusedNotice words={words} />
      <nav className="tabs" aria-label={say("letters.kinds")}>
        {LETTER_KINDS.map((known) => (
          <Link
            key={known}
            href={`${path}?kind=${known}`}
            aria-current={known === kind ? "page" : undefined}
            prefetch={false}
          >
            {say(`letters.kind.${known}`)}
          </Link>
        ))}
      </nav>
      <LetterForms
        {...{ id, kind, typed, wrong, body, sends, files: page.files, today: page.today }}
        draft={typed("text") || letterDraft(kind, { body, ...page })}
      />
      {sends ? <SendFile what="letter" /> : null}
      <SentLetters
        sent={page.sent}
        agreementId={id}
        held={await heldFiles(
          scene,
          page.sent.map((letter) => letter.fileId),
        )}
      />
    </Frame>
  )
}

export default inFrame(Letters)
