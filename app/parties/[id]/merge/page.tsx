import type { Metadata } from "next"
import Link from "next/link"
import { SelectField, TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { titleOf } from "@/domain/records/project"
import { kept } from "@/usecases/people/kept"
import { listRecords } from "@/usecases/register/list-records"
import { readsAll } from "@/usecases/scope"
import { readRecord } from "@/usecases/register/read-record"
import { inFrame, missing } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("merge.title") }

/** Chooses the party that goes on in place of this one, found by name, and the day; the request says the rest. */
async function Merge({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const { record, today } = shown(await readRecord(scene, { id }))
  if (record.kind !== "party" || record.standing === "ended" || !mayAct("request.draft", scene.actor).ok)
    return missing()
  const name = titleOf("party", record.body)
  const q = one(words, "q").slice(0, 200)
  const page = shown(
    await listRecords(scene, { list: "parties", q, excluded: { standing: ["ended"] }, size: 50, count: false }),
  )
  const choices = page.rows.flatMap((row) =>
    row.id === id ? [] : [{ value: String(row.id), label: String(row.title) }],
  )
  const before = typeof words.refused === "string" ? await kept(scene, `/parties/${id}/merge`) : null
  const typed = (field: string): string => {
    const value = before?.input?.[field]
    return typeof value === "string" ? value : ""
  }
  const wrong = (field: string): string | null =>
    before?.refusal?.fields?.find((item) => item.path === field)?.says ?? null
  // What stops the merge is said before anything is chosen.
  if (!readsAll(scene.actor))
    return (
      <Frame scene={scene} current="/parties">
        <PartyName id={id} name={name} />
        <h1>{say("merge.title")}</h1>
        <Notice tone="warn">
          <p>{say("merge.needs-all")}</p>
        </Notice>
      </Frame>
    )
  return (
    <Frame scene={scene} current="/parties">
      <PartyName id={id} name={name} />
      <h1>{say("merge.title")}</h1>
      <p className="lede">{say("merge.lede", { name })}</p>
      <RefusedNotice words={words} />
      <form className="row end" action={`/parties/${id}/merge`} role="search" aria-label={say("merge.find")}>
        <TextField name="q" label={say("merge.find")} value={q} type="search" />
        <button type="submit">{say("merge.search")}</button>
      </form>
      {choices.length ? (
        <form className="card stack" method="post" action="/api/v1/merges">
          <input type="hidden" name="fromId" value={id} />
          <input type="hidden" name="title" value={say("merge.request-title", { name }).slice(0, 300)} />
          <SelectField
            name="intoId"
            label={say("merge.into")}
            value={typed("intoId")}
            error={wrong("intoId")}
            options={choices}
          />
          <TextField
            name="on"
            label={say("merge.on")}
            help={say("merge.on-help")}
            value={typed("on") || today}
            error={wrong("on")}
            required
          />
          <div>
            <button className="primary" type="submit">
              {say("ending.go-end")}
            </button>
          </div>
        </form>
      ) : (
        <p className="soft">{say("merge.nobody")}</p>
      )}
    </Frame>
  )
}

function PartyName({ id, name }: { id: string; name: string }) {
  return (
    <p className="over">
      <Link href={`/parties/${id}`} prefetch={false}>
        {name}
      </Link>
    </p>
  )
}

export default inFrame(Merge)
