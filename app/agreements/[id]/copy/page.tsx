import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { RANGES } from "@/app/redaction-form"
import { paperAddress } from "@/components/papers/address"
import { RedactionForm } from "@/components/redactions/redaction-form"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { isId } from "@/domain/core/id"
import { paperText } from "@/usecases/papers/paper-text"
import { kept } from "@/usecases/people/kept"
import { mayRedact } from "@/usecases/redactions/make-copy"

export const metadata: Metadata = { title: say("redaction.title") }

/** Where pages of a file are chosen that outsiders do not get. */
async function MakeCopy({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const fileId = one(words, "file")
  if (!isId("file", fileId)) notFound()
  const place = shown(await mayRedact(scene, { agreementId: id, fileId }))
  const text = shown(await paperText(scene, { fileId }))
  const before = typeof words.refused === "string" ? await kept(scene, `/agreements/${id}/copy`) : null
  const typed = (name: string): string => {
    const value = before?.input?.[name]
    return typeof value === "string" ? value : ""
  }
  const wrong = before?.refusal?.fields?.[0]
  return (
    <Frame scene={scene} current="/agreements">
      <p>
        <Link href={`/agreements/${id}`} prefetch={false}>
          {say("paper.back-record")}
        </Link>
      </p>
      <h1>{say("redaction.make-title", { name: place.name })}</h1>
      <p className="lede">{say("redaction.make-lede")}</p>
      <RefusedNotice words={words} />
      {text.state === "read" ? (
        <>
          <p>
            <Link className="tall" href={paperAddress(id, { fileId })} prefetch={false}>
              {say("redaction.read-first")}
            </Link>
          </p>
          <RedactionForm
            {...{ agreementId: id, fileId, ranges: RANGES, typed }}
            pages={text.pages.map(({ page, text: said }) => ({
              page,
              begins: said.replace(/\s+/g, " ").trim().slice(0, 120),
            }))}
            error={wrong ? say(wrong.says, { ...before?.refusal?.params, ...wrong.params }) : null}
          />
        </>
      ) : (
        <Notice tone="warn">
          <p>{say(`redaction.refused.${text.state}`)}</p>
        </Notice>
      )}
    </Frame>
  )
}

export default inFrame(MakeCopy)
