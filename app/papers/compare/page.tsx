import type { Metadata } from "next"
import { notFound } from "next/navigation"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { ComparedTexts } from "@/components/papers/compared"
import { ChangesByClause } from "@/components/templates/changes"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { compareTexts } from "@/domain/clauses/compare"
import { isId } from "@/domain/core/id"
import { heldAgainst } from "@/usecases/templates/came-back"
import { paperText } from "@/usecases/papers/paper-text"

export const metadata: Metadata = { title: say("paper.compare") }

/** Two files beside each other, word by word: what is gone, and what is new. */
async function Compare({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const [older, newer] = [one(words, "older"), one(words, "newer")]
  if (!isId("file", older) || !isId("file", newer)) notFound()
  const before = shown(await paperText(scene, { fileId: older }))
  const after = shown(await paperText(scene, { fileId: newer }))
  // Against a paper that was made from our template it is said as well in which clause each change falls.
  const paper = one(words, "paper")
  const held = isId("paper", paper) ? await heldAgainst(scene, { paperId: paper, fileId: newer }) : null
  const ours = held?.ok && held.value.paper.fileId === older ? held.value : null
  const { back = null, texts = { sent: before.pages, received: after.pages } } = ours ?? {}
  const compared = before.words && after.words ? compareTexts(texts.sent, texts.received) : null
  return (
    <Frame scene={scene} current="/agreements">
      <h1>{say("paper.compare-title", { older: before.name, newer: after.name })}</h1>
      {back?.is === "changed" && back.changes ? <ChangesByClause changes={back.changes} /> : null}
      {back?.is === "same" ? (
        <Notice tone="good">
          <p>{back.filled.length ? say("sent.same-filled", { filled: back.filled.join("; ") }) : say("sent.same")}</p>
        </Notice>
      ) : null}
      {compared ? (
        <ComparedTexts compared={compared} />
      ) : (
        <Notice tone="warn">
          <p>{say("paper.compare-no-text")}</p>
        </Notice>
      )}
    </Frame>
  )
}

export default inFrame(Compare)
