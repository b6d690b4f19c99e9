import type { Metadata } from "next"
import Link from "next/link"
import { notFound } from "next/navigation"
import { Choices, SelectField, TextField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { ASK_DAYS } from "@/domain/asked/links"
import { holdsRole, mayAct } from "@/domain/people/permissions"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { chooseSuppliers } from "@/usecases/asked/campaigns"
import { listEntities } from "@/usecases/people/entities"
import { kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { selectionOf, selectionWords } from "@/app/selection"

export const metadata: Metadata = { title: say("campaign.title") }

const HERE = "/asked/campaigns/new"

/** Chooses suppliers by the words of the table of parties (q, f.…, not.…) or by its ticks, and asks all of them or those that are ticked. */
async function NewCampaign({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const { actor } = scene
  if (!mayAct("campaign.make", actor).ok) notFound()
  const asked = selectionOf(words)
  const ticked = asked.records.length > 0
  const view = ticked ? { ...asked, all: false } : { ...asked, all: true }
  const chosen = shown(await chooseSuppliers(scene, view))
  const mine = shown(await listEntities(scene, {})).filter((line) => holdsRole(actor, "procurement", line.id))
  const typed = words.refused ? ((await kept(scene, HERE))?.input ?? {}) : {}
  const before = (name: string, usual: string): string => (typeof typed[name] === "string" ? typed[name] : usual)
  return (
    <Frame scene={scene} current="/asked">
      <h1>{say("campaign.title")}</h1>
      <p className="lede soft">{say("campaign.lede")}</p>
      <RefusedNotice words={words} />
      <form className="card row end" method="get" action={HERE}>
        <TextField name="q" type="search" label={say("campaign.find")} value={view.q} />
        <SelectField
          name="f.kind"
          label={say("campaign.kind")}
          value={one(words, "f.kind")}
          options={[
            { value: "", label: say("campaign.kind-all") },
            ...PARTY_KINDS.map(({ code, label }) => ({ value: code, label })),
          ]}
        />
        <button type="submit">{say("campaign.find-go")}</button>
        <Link
          className="tall"
          href={`/parties?${new URLSearchParams(selectionWords({ ...asked, all: false })).toString()}`}
          prefetch={false}
        >
          {say("campaign.by-table")}
        </Link>
      </form>
      {chosen.tooMany ? <p>{say("campaign.whom-many")}</p> : null}
      {!chosen.tooMany && chosen.suppliers.length === 0 ? <p>{say("campaign.whom-none")}</p> : null}
      {chosen.suppliers.length ? (
        <form className="card stack" method="post" action="/api/v1/campaigns">
          <TextField name="title" label={say("campaign.name")} value={before("title", "")} required />
          <SelectField
            name="entityId"
            label={say("asked.ask-company")}
            value={before("entityId", mine[0]?.id ?? "")}
            options={mine.map((line) => ({ value: line.id, label: line.entity.legalName }))}
          />
          <TextField
            name="days"
            type="number"
            label={say("asked.ask-days")}
            value={before("days", String(ASK_DAYS.usual))}
            required
          />
          <Choices
            name="tick"
            label={say("campaign.whom", { n: chosen.suppliers.length })}
            chosen={typed.tick === undefined && ticked ? asked.records : [typed.tick ?? []].flat()}
            options={chosen.suppliers.map((item) => ({ value: item.partyId, label: item.partyName }))}
          />
          {selectionWords({ ...view, all: false, records: [] }).map(([name, value]) => (
            <input key={name + value} type="hidden" name={name} value={value} />
          ))}
          <div className="row">
            <button className="primary" type="submit">
              {say("campaign.ticked")}
            </button>
            {ticked ? null : (
              <button type="submit" name="all" value="yes">
                {say("campaign.all", { n: chosen.suppliers.length })}
              </button>
            )}
          </div>
        </form>
      ) : null}
    </Frame>
  )
}

export default inFrame(NewCampaign)
