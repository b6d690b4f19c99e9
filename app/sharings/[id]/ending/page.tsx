import type { Metadata } from "next"
import Link from "next/link"
import { EndForm, ProofForm } from "@/components/endings/ending-forms"
import { dueWords } from "@/components/endings/ending-card"
import { RefusedNotice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readEnding } from "@/usecases/endings/read-ending"
import { kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("ending.title") }

/** Ends a sharing, or brings the evidence of what became of the data after its end: each by a request. */
async function Ending({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await readEnding(scene, { id }))
  const before = typeof words.refused === "string" ? await kept(scene, `/sharings/${id}/ending`) : null
  const typed = (name: string): string => {
    const value = before?.input?.[name]
    return typeof value === "string" ? value : ""
  }
  const wrong = (name: string): string | null =>
    before?.refusal?.fields?.find((field) => field.path === name)?.says ?? null
  const { body } = page.record
  const form = { recordId: id, title: body.title, typed, wrong }
  const runs = page.state === "runs" && page.record.standing !== "ended"
  return (
    <Frame scene={scene} current="/sharings">
      <p className="over">
        <Link href={`/sharings/${id}`} prefetch={false}>
          {body.title}
        </Link>
      </p>
      <h1>{say(runs ? "ending.page-end" : "ending.page-proof")}</h1>
      <p className="lede">{say(runs ? "ending.lede-end" : "ending.lede-proof")}</p>
      <RefusedNotice words={words} />
      {runs ? (
        <EndForm {...form} today={page.today} due={dayWords(page.dueIfToday)} />
      ) : (
        <>
          <p>{dueWords(page.owing)}</p>
          <ProofForm {...form} isPublic={body.mode === "disclose"} files={page.files} />
        </>
      )}
    </Frame>
  )
}

export default inFrame(Ending)
