import type { Metadata } from "next"
import Link from "next/link"
import { InquiryTable } from "@/components/inquiries/inquiry-table"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { listInquiries } from "@/usecases/inquiries/read-inquiries"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("inquiry.title") }

const HERE = "/audit/inquiries"

/** Letters of authorities to companies all of which the reader reads, newest first. */
async function Inquiries({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const before = Number(one(words, "before"))
  const page = shown(await listInquiries(scene, { before: Number.isSafeInteger(before) && before > 0 ? before : null }))
  return (
    <Frame scene={scene} current={HERE}>
      <div className="row between">
        <h1>{say("inquiry.title")}</h1>
        {mayAct("inquiry.make", scene.actor).ok ? (
          <Link className="button primary" href={`${HERE}/new`} prefetch={false}>
            {say("inquiry.new")}
          </Link>
        ) : null}
      </div>
      <p className="lede">{say("inquiry.lede")}</p>
      <section className="card stack">
        {page.lines.length > 0 ? (
          <InquiryTable lines={page.lines} today={scene.now.slice(0, 10)} />
        ) : (
          <p className="soft">{say("inquiry.none")}</p>
        )}
        {page.next || before > 0 ? (
          <p className="row">
            {page.next ? (
              <Link className="button" href={`${HERE}?before=${page.next}`} prefetch={false}>
                {say("inquiry.older")}
              </Link>
            ) : null}
            {before > 0 ? (
              <Link className="button" href={HERE} prefetch={false}>
                {say("inquiry.newest")}
              </Link>
            ) : null}
          </p>
        ) : null}
      </section>
    </Frame>
  )
}

export default inFrame(Inquiries)
