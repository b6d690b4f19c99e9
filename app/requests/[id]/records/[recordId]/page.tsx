import type { Metadata } from "next"
import Link from "next/link"
import { Autosave } from "@/components/records/autosave"
import { HeldTag } from "@/components/files/file-way"
import { RefusedFiles } from "@/components/files/refused-files"
import { placeWords } from "@/components/records/form-place"
import { clausesAddress } from "@/components/papers/address"
import { RecordForm } from "@/components/records/record-form"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { isId } from "@/domain/core/id"
import type { RecordKind } from "@/domain/records/kinds"
import { heldPlaces } from "@/domain/records/held-places"
import { PACKS } from "@/domain/packs/all"
import { placeInForm } from "@/domain/records/place-in-form"
import { addLine, dropLine, parseForm } from "@/domain/records/parse-form"
import { kept, type Kept } from "@/usecases/people/kept"
import { editDraft, type EditPage } from "@/usecases/requests/edit-draft"
import type { Scene } from "@/usecases/scene"
import { AskedBeside } from "@/app/asked/beside"
import { PackEditor } from "./pack-editor"
import { inFrame } from "@/app/in-frame"
import { Frame, one, rolesOf, shown, signedIn, type Words } from "@/app/page-frame"

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
  const words = await searchParams
  if (isId("pack", recordId)) return PackEditor({ scene, requestId: id, recordId, words })
  const roles = rolesOf(scene)
  const lawyer = roles.includes("legal") || roles.includes("dpo")
  const page = shown(await editDraft(scene, { requestId: id, recordId, about: one(words, "about").slice(0, 40) }))
  const before = await kept(scene, `/requests/${id}/records/${recordId}`)
  const body = before?.input ? fromKept(page.kind, before) : page.body
  // A new record keeps the id that it was first shown with, however often the form comes back.
  const keptId = before?.input?._record
  const shownId = page.isNew && typeof keptId === "string" && isId(page.kind, keptId) ? keptId : page.recordId
  const wrong = new Map((before?.refusal?.fields ?? []).map((field) => [field.path, field.says]))
  // Beside what was typed wrong: the fields that name a file which nobody may read.
  const said = new Map([...heldPlaces(body, page.held), ...wrong])
  const path = one(words, "at")
  // After a refusal the first wrong place has the word.
  const at = before?.refusal ? null : placeInForm(page.kind, path, body)
  return (
    <Frame scene={scene} current="/requests">
      <p>
        <Link href={`/requests/${id}`} prefetch={false}>
          {say("edit.back")}
        </Link>
      </p>
      <h1>{say(page.isNew ? "request.new-record" : "request.change-record", { kind: say(`kind.${page.kind}`) })}</h1>
      <RefusedNotice
        words={words}
        places={[...wrong].map(([path, says]) => ({
          path,
          words: say("form.wrong", { place: placeWords(page.kind, path), why: say(says) }),
        }))}
      />
      <RefusedFiles requestId={id} recordId={shownId} files={page.refused} />
      {at ? <OpenedFor clause={one(words, "for")} id={at} place={placeWords(page.kind, path)} /> : null}
      {!page.isNew || page.title !== "" ? <Asked scene={scene} page={page} requestId={id} /> : null}
      {page.kind === "agreement" || page.kind === "assessment" ? (
        <Upload requestId={id} lawyer={lawyer} held={page.refs.held ?? []} />
      ) : null}
      {isId("agreement", recordId) ? (
        <p>
          <Link className="button" href={clausesAddress(id, recordId)} prefetch={false}>
            {say("paper.mark")}
          </Link>
        </p>
      ) : null}
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
        <RecordForm kind={page.kind} body={body} refs={page.refs} wrong={said} at={at} />
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

/** What the supplier was asked and says, beside the form of a flow or of a party that is in the draft already. */
function Asked({ scene, page, requestId }: { scene: Scene; page: EditPage; requestId: string }) {
  const { kind, recordId, title } = page
  return kind === "sharing" || kind === "party" ? (
    <AskedBeside scene={scene} about={{ kind, recordId, title, requestId }} />
  ) : null
}

const SAVING = { saving: say("edit.saving"), saved: say("edit.saved-at"), not: say("edit.not-saved") }

function fromKept(kind: RecordKind, before: Kept): Record<string, unknown> {
  const sent = before.input ?? {}
  const body = parseForm(kind, sent)
  const add = typeof sent._add === "string" ? addLine(kind, body, sent._add) : body
  const drop = typeof sent._drop === "string" ? sent._drop.split("~") : null
  return (drop ? dropLine(kind, add, drop[0] ?? "", Number(drop[1])) : add) as Record<string, unknown>
}

const CLAUSES = new Map(PACKS.flatMap((pack) => pack.clauses.map((clause) => [clause.id, clause] as const)))

/** What the form was opened for: the field by its name, and the clause that asks for it. */
function OpenedFor({ clause: id, id: field, place }: { clause: string; id: string; place: string }) {
  const clause = CLAUSES.get(id)
  return (
    <Notice>
      <p>
        {say("edit.opened-at")}{" "}
        <a className="tall" href={`#${field}`}>
          {place}
        </a>
      </p>
      {clause ? (
        <p className="small">
          {clause.title} <code>{clause.id}</code>. {say("finding.remedy", { remedy: clause.remedy })}
        </p>
      ) : null}
    </Notice>
  )
}

function Upload({
  requestId,
  lawyer,
  held,
}: {
  requestId: string
  lawyer: boolean
  held: { id: string; label: string }[]
}) {
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
      {held.map((file) => (
        <p key={file.id} className="small">
          {file.label} <HeldTag held="waiting" />
        </p>
      ))}
    </form>
  )
}

export default inFrame(EditRecord)
