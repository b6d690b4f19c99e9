import { randomUUID } from "node:crypto"
import type { Metadata } from "next"
import { headers } from "next/headers"
import { SupplierForm } from "@/components/asked/supplier-form"
import { Missing } from "@/components/shell/instead"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readAnswers } from "@/domain/asked/questions"
import { openSupplierPage } from "@/usecases/asked/supplier-side"
import { answerWith } from "@/app/answer-status"
import { inFrame } from "@/app/in-frame"
import { one, type Words } from "@/app/page-frame"
import { pageScene } from "@/app/scene"

export const metadata: Metadata = { title: say("supplier.title"), robots: { index: false } }

/** The page of a supplier's link: without our frame, and with nothing of the register but two names. */
async function Supplier({ params, searchParams }: { params: Promise<{ link: string }>; searchParams: Words }) {
  const { link } = await params
  const words = await searchParams
  const address = (await headers()).get("x-onward-caller") ?? ""
  const found = await openSupplierPage(await pageScene(), { link, address })
  if (!found.ok) {
    answerWith(404)
    return <Missing signedIn={false} />
  }
  const page = found.value
  if (page.state === "sent")
    return (
      <main className="plain stack" id="main">
        <div className="card stack">
          <h1>{say("supplier.thanks")}</h1>
          <p>{say("supplier.thanks-lede")}</p>
        </div>
      </main>
    )
  const wrong = words.refused ? readAnswers(page.typed).wrong : []
  return (
    <main className="plain plain-wide stack" id="main">
      <h1>{say("supplier.title")}</h1>
      <p className="lede">{say("supplier.lede", { company: page.company, party: page.party })}</p>
      <p>{say("supplier.due", { day: dayWords(page.dueOn) })}</p>
      <p className="soft">{say("supplier.how", { company: page.company })}</p>
      <RefusedNotice words={words} places={wrong.map((item) => ({ path: item.path, words: say(item.says) }))} />
      {one(words, "saved") && !words.refused ? (
        <Notice tone="good">
          <p>{say("supplier.saved")}</p>
        </Notice>
      ) : null}
      <SupplierForm
        by={randomUUID()}
        link={link}
        page={page}
        wrong={new Map(wrong.map((item) => [item.path, item.says]))}
      />
    </main>
  )
}

export default inFrame(Supplier)
