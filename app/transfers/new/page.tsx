import type { Metadata } from "next"
import { Choices, SelectField, TextField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { titleOf } from "@/domain/records/project"
import { kept } from "@/usecases/people/kept"
import { listRecords } from "@/usecases/register/list-records"
import { readRecord } from "@/usecases/register/read-record"
import { inFrame, missing } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("transfer.title") }

/** A transfer of control as a set: to whom, which flows, on which day, and what people are told. */
async function NewTransfer({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const { record } = shown(await readRecord(scene, { id: one(words, "party") }))
  if (record.kind !== "party" || record.standing === "ended" || !mayAct("request.draft", scene.actor).ok)
    return missing()
  const party = titleOf("party", record.body)
  const entity = one(words, "entity")
  const page = shown(
    await listRecords(scene, {
      ...{ list: "sharings", q: one(words, "q").slice(0, 200), size: 100, count: false },
      ...{ filters: entity ? { entity: [entity] } : {}, excluded: { standing: ["ended"], mode: ["transfer"] } },
    }),
  )
  const before = typeof words.refused === "string" ? await kept(scene, "/transfers/new") : null
  const all = (name: string): string[] => {
    const value = before?.input?.[name]
    return Array.isArray(value) ? value : typeof value === "string" ? [value] : []
  }
  const typed = (name: string): string => all(name)[0] ?? ""
  const wrong = (name: string): string | null =>
    before?.refusal?.fields?.find((field) => field.path === name)?.says ?? null
  const field = (name: string, label: string, more: { help?: string; required?: boolean } = {}) => (
    <TextField name={name} label={say(`transfer.${label}`)} value={typed(name)} error={wrong(name)} {...more} />
  )
  const flows = page.rows.map((row) => ({
    value: String(row.id),
    label: row.partyName ? `${String(row.title)}, ${String(row.partyName)}` : String(row.title),
  }))
  return (
    <Frame scene={scene} current="/parties">
      <h1>{say("transfer.title")}</h1>
      <p className="lede">{say("transfer.lede", { party })}</p>
      <RefusedNotice words={words} />
      <form className="row end" action="/transfers/new" role="search" aria-label={say("transfer.find")}>
        <input type="hidden" name="party" value={record.id} />
        <SelectField
          name="entity"
          label={say("transfer.entity")}
          value={entity}
          options={[
            { value: "", label: say("log.any") },
            ...Object.entries(page.names).map(([value, label]) => ({ value, label })),
          ]}
        />
        <TextField name="q" label={say("transfer.find")} value={one(words, "q")} type="search" />
        <button type="submit">{say("transfer.show")}</button>
      </form>
      {flows.length ? (
        <form className="card stack" method="post" action="/api/v1/transfers">
          <input type="hidden" name="partyId" value={record.id} />
          <input type="hidden" name="title" value={say("transfer.request-title", { party }).slice(0, 300)} />
          {field("name", "name", { required: true })}
          {field("closingOn", "closing", { required: true, help: say("ending.last-help") })}
          {field("noticeOn", "notice")}
          {field("objectionWeeks", "weeks")}
          {field("reconsentOn", "reconsent", { help: say("transfer.reconsent-help") })}
          <Choices
            {...{ name: "flows", label: say("transfer.flows"), options: flows, chosen: all("flows") }}
            error={wrong("flows")}
          />
          <label className="choice">
            <input type="checkbox" name="endFlows" value="yes" defaultChecked={typed("endFlows") === "yes"} />
            {say("transfer.ends")}
          </label>
          <div>
            <button className="primary" type="submit">
              {say("ending.go-end")}
            </button>
          </div>
        </form>
      ) : (
        <p className="soft">{say("transfer.none")}</p>
      )}
    </Frame>
  )
}

export default inFrame(NewTransfer)
