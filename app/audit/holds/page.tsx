import type { Metadata } from "next"
import Link from "next/link"
import { ProofCard } from "@/components/people/prove"
import { Choices, TextArea, TextField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readableEntities } from "@/domain/people/permissions"
import { listHolds, type HoldLine } from "@/usecases/audit/holds"
import { listEntities } from "@/usecases/people/entities"
import { kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("hold.title") }

const HERE = "/audit/holds"

/** The holds there are, what waits for their end, and the form that places one. */
async function Holds({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const before = Number(one(words, "before"))
  const page = shown(await listHolds(scene, { before: Number.isSafeInteger(before) && before > 0 ? before : null }))
  const all = shown(await listEntities(scene, {}))
  const mine = readableEntities(scene.actor)
  const names = Object.fromEntries(all.map(({ id, entity }) => [id, entity.legalName]))
  const held = one(words, "refused") ? await kept(scene, HERE) : null
  const wrong = new Map((held?.refusal?.fields ?? []).map(({ path, says }) => [path, says]))
  const typed = (name: string): string => (typeof held?.input?.[name] === "string" ? String(held.input[name]) : "")
  const ticked = [held?.input?.entityIds ?? []].flat().map(String)
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("hold.title")}</h1>
      <p className="lede">{say("hold.lede")}</p>
      <RefusedNotice words={words} />
      <ProofCard proof={proofOf(scene, HERE)} />
      {page.lines.length === 0 ? <p className="soft">{say("hold.none")}</p> : null}
      {page.lines.map((line) => (
        <Hold key={line.id} line={line} names={names} />
      ))}
      {page.next ? (
        <p>
          <Link className="button" href={`${HERE}?before=${page.next}`} prefetch={false}>
            {say("hold.older")}
          </Link>
        </p>
      ) : null}
      <form className="card stack" method="post" action="/api/v1/holds">
        <h2>{say("hold.place")}</h2>
        <Choices
          name="entityIds"
          label={say("hold.entities")}
          help={say("hold.entities-help")}
          options={all
            .filter(({ id }) => mine === null || mine.includes(id))
            .map(({ id }) => ({ value: id, label: names[id] ?? id }))}
          chosen={ticked}
          error={wrong.get("entityIds") ?? null}
        />
        <TextField
          name="instant"
          label={say("hold.instant")}
          help={say("hold.instant-help")}
          value={typed("instant")}
          error={wrong.get("instant") ?? null}
          optional
        />
        <TextArea
          name="reason"
          label={say("hold.reason")}
          value={typed("reason")}
          error={wrong.get("reason") ?? null}
          required
        />
        <div>
          <button className="primary" type="submit">
            {say("hold.place")}
          </button>
        </div>
      </form>
    </Frame>
  )
}

function Hold({ line, names }: { line: HoldLine; names: Record<string, string> }) {
  const { erasures, links } = line.waiting ?? { erasures: 0, links: 0 }
  return (
    <section className="card stack" aria-labelledby={line.id}>
      <h2 id={line.id}>
        {say("hold.no", { no: line.no })}{" "}
        <StatusTag tone={line.endedAt ? "quiet" : "warn"}>{say(line.endedAt ? "hold.ended" : "hold.stands")}</StatusTag>
      </h2>
      <p className="prose">{line.reasonText ?? say("hold.erased")}</p>
      <p>
        {say("hold.of")} <At instant={line.instant} />:{" "}
        {line.entityIds?.map((id) => names[id] ?? id).join(", ") ?? say("hold.every")}
      </p>
      <p className="soft small">
        {say("hold.placed", { by: line.byName })}, <At instant={line.at} />
      </p>
      {line.endedAt ? (
        <>
          <p className="soft small">
            {say("hold.ended-by", { by: line.endedByName ?? "" })}, <At instant={line.endedAt} />
          </p>
          <p className="prose">{line.endText ?? say("hold.erased")}</p>
        </>
      ) : (
        <>
          <h3>{say("hold.waiting")}</h3>
          {erasures + links === 0 ? <p className="soft">{say("hold.nothing-waits")}</p> : null}
          {erasures > 0 ? <p>{say("hold.waiting-erasures", { n: erasures })}</p> : null}
          {links > 0 ? <p>{say("hold.waiting-links", { n: links })}</p> : null}
          {line.mayEnd ? (
            <form className="stack" method="post" action={`/api/v1/holds/${line.id}/end`}>
              <TextArea id={`why-${line.id}`} name="reason" label={say("hold.end-why")} rows={2} required />
              <div>
                <button type="submit" aria-label={say("hold.end-which", { no: line.no })}>
                  {say("hold.end")}
                </button>
              </div>
            </form>
          ) : (
            <p className="soft">{say("hold.who-ends")}</p>
          )}
        </>
      )}
    </section>
  )
}

export default inFrame(Holds)
