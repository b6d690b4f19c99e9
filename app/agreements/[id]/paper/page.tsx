import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { askedOf, PaperDesk } from "@/app/paper-desk"
import { PaperSignatures } from "@/app/paper-signatures"
import { paperAddress } from "@/components/papers/address"
import { Notice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { paperText } from "@/usecases/papers/paper-text"
import { readRecord } from "@/usecases/register/read-record"

export const metadata: Metadata = { title: say("paper.open") }

/** The files of an agreement in force, page by page, with the clauses that are marked in them. */
async function ReadPaper({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const scene = await signedIn()
  const { record } = shown(await readRecord(scene, { id }))
  if (record.kind !== "agreement") notFound()
  const asked = askedOf(await searchParams, record.body.files)
  const text = asked.file ? shown(await paperText(scene, { fileId: asked.file })) : null
  return (
    <Frame scene={scene} current="/agreements">
      <p>
        <Link href={`/agreements/${id}`} prefetch={false}>
          {say("paper.back-record")}
        </Link>
      </p>
      <h1>{say("paper.title", { title: record.body.title })}</h1>
      {text ? (
        <PaperDesk
          paper={record.body}
          text={text}
          asked={asked}
          to={(at) => paperAddress(id, at)}
          action={null}
          beside={
            <PaperSignatures
              scene={scene}
              fileIds={[asked.file]}
              asOf={null}
              toPage={(fileId, page) => paperAddress(id, { fileId, page })}
            />
          }
        />
      ) : (
        <Notice tone="warn">
          <p>{say("paper.no-files")}</p>
        </Notice>
      )}
    </Frame>
  )
}

export default inFrame(ReadPaper)
