import type { Metadata } from "next"
import Link from "next/link"
import { Autosave } from "@/components/records/autosave"
import { placeWords } from "@/components/records/form-place"
import { RecordForm } from "@/components/records/record-form"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { isId } from "@/domain/core/id"
import type { RecordKind } from "@/domain/records/kinds"
import { addLine, dropLine, parseForm } from "@/domain/records/parse-form"
import { kept, type Kept } from "@/usecases/people/kept"
import { editDraft } from "@/usecases/requests/edit-draft"
import { PackEditor } from "./pack-editor"
import { inFrame } from "@/app/in-frame"
import { Frame, rolesOf, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("request.edit") }

async function EditRecord({
  params,
  searchParams,
}: {
  params: Promise<{ id: string; recordId: string }>
  searchParams: Words
}) {
  const { id, recordId } = await params
  const scene = await signedIn()
  if (isId("pack", recordId)) return PackEditor({ scene, requestId: id, recordId, words: await searchParams })
  const roles = rolesOf(scene)
  const lawyer = roles.includes("legal") || roles.includes("dpo")
  const page = shown(await editDraft(scene, { requestId: id, recordId }))
  const before = await kept(scene, `/requests/${id}/records/${recordId}`)
  const body = before?.input ? fromKept(page.kind, before) : page.body
  // A new record keeps the id that it was first shown with, however often the form comes back.
  const keptId = before?.input?._record
  const shownId = page.isNew && typeof keptId === "string" && isId(page.kind, keptId) ? keptId : page.recordId
  const wrong = new Map((before?.refusal?.fields ?? []).map((field) => [field.path, field.says]))
  return (
    <Frame scene={scene} current="/requests">
      <p>
        <Link href={`/requests/${id}`} prefetch={false}>
          {say("edit.back")}
        </Link>
      </p>
      <h1>{say(page.isNew ? "request.new-record" : "request.change-record", { kind: say(`kind.${page.kind}`) })}</h1>
      <RefusedNotice
        words={await searchParams}
        places={[...wrong].map(([path, says]) => ({
          path,
          words: say("form.wrong", { place: placeWords(page.kind, path), why: say(says) }),
        }))}
      />
      {page.kind === "agreement" || page.kind === "assessment" ? <Upload requestId={id} lawyer={lawyer} /> : null}
      <form id="record" className="stack" method="post" action={`/api/v1/requests/${id}/proposals`}>
        <input type="hidden" name="_kind" value={page.kind} />
        <input type="hidden" name="_record" value={shownId} />
        {/* The first button is the one that Enter presses: it saves, and is not one that adds a line. */}
        <button className="unseen" type="submit" name="_op" value={page.op} tabIndex={-1}>
          {say("edit.save")}
        </button>
        {page.kind === "sharing" && page.isNew ? (
          <label className="choice">
            <input type="checkbox" name="_discovered" value="yes" defaultChecked={page.discovered} />
            {say("edit.discovered")}
          </label>
        ) : null}
        <RecordForm kind={page.kind} body={body} refs={page.refs} wrong={wrong} />
        <div className="form-foot">
          <button className="primary" type="submit" name="_op" value={page.op}>
            {say("edit.save")}
          </button>
          <Autosave form="record" op={page.op} words={SAVING} />
        </div>
      </form>
    </Frame>
  )
}

const SAVING = { saving: say("edit.saving"), saved: say("edit.saved-at"), not: say("edit.not-saved") }

function fromKept(kind: RecordKind, before: Kept): Record<string, unknown> {
  const sent = before.input ?? {}
  const body = parseForm(kind, sent)
  const add = typeof sent._add === "string" ? addLine(kind, body, sent._add) : body
  const drop = typeof sent._drop === "string" ? sent._drop.split("~") : null
  return (drop ? dropLine(kind, add, drop[0] ?? "", Number(drop[1])) : add) as Record<string, unknown>
}

function Upload({ requestId, lawyer }: { requestId: string; lawyer: boolean }) {
  return (
    <form className="card stack" method="post" action="/api/v1/files" encType="multipart/form-data">
      <input type="hidden" name="request" value={requestId} />
      <div className="field">
        <label htmlFor="file">{say("edit.file")}</label>
        <span className="help">{say("edit.file-help")}</span>
        <input id="file" type="file" name="file" required />
      </div>
      {lawyer ? (
        <label className="choice">
          <input type="checkbox" name="legalAdvice" value="yes" />
          {say("edit.file-advice")}
        </label>
      ) : null}
      <div>
        <button type="submit">{say("edit.file-go")}</button>
      </div>
    </form>
  )
}

export default inFrame(EditRecord)
