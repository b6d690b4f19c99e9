import type { Metadata } from "next"
import Link from "next/link"
import { CalendarForm } from "@/components/people/calendar-form"
import { EntityForm } from "@/components/people/entity-form"
import { EscalationForm } from "@/components/told/escalation-form"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { ProofCard } from "@/components/people/prove"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { readCalendars } from "@/usecases/people/calendar"
import { listEntities } from "@/usecases/people/entities"
import { kept } from "@/usecases/people/kept"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"
import { readEscalations } from "@/usecases/told/escalation"

export const metadata: Metadata = { title: say("entities.title") }

const HERE = "/admin/entities"

async function Entities({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const lines = shown(await listEntities(scene, {}))
  const mayPut = mayAct("entity.put", scene.actor).ok
  const editing = lines.find((line) => line.id === one(words, "edit")) ?? null
  const refused = words.refused ? await kept(scene, HERE) : null
  const sent = refused?.input ?? null
  // The other form of this page is refused here too: what it held is none of a company's.
  const typed = sent && "legalName" in sent ? sent : null
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("entities.title")}</h1>
      <p>{lines.length ? say("entities.lede", { n: lines.length }) : say("entities.empty")}</p>
      <RefusedNotice words={words} />
      <ProofCard proof={mayPut ? proofOf(scene, "/admin/entities") : null} />
      {lines.length ? (
        <section className="card">
          <div className="scroll" role="region" aria-label={say("entities.caption")} tabIndex={0}>
            <table className="list">
              <caption>{say("entities.caption")}</caption>
              <thead>
                <tr>
                  <th scope="col">{say("entities.name")}</th>
                  <th scope="col">{say("entities.country")}</th>
                  <th scope="col">{say("entities.zone")}</th>
                  <th scope="col">{say("entities.regimes")}</th>
                  <th scope="col">{say("entities.version")}</th>
                </tr>
              </thead>
              <tbody>
                {lines.map(({ id, entity, version }) => (
                  <tr key={id}>
                    <th scope="row">
                      {mayPut ? (
                        <Link
                          href={`${HERE}?edit=${id}#edit`}
                          prefetch={false}
                          aria-label={say("entities.edit", { name: entity.legalName })}
                        >
                          {entity.legalName}
                        </Link>
                      ) : (
                        entity.legalName
                      )}
                    </th>
                    <td data-label={say("entities.country")}>{entity.country}</td>
                    <td data-label={say("entities.zone")}>{entity.zone}</td>
                    <td data-label={say("entities.regimes")}>
                      {entity.regimes.map((one) => one.regime).join(", ") || say("entities.regimes-none")}
                    </td>
                    <td data-label={say("entities.version")}>{version}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      ) : null}
      {mayPut ? (
        <section className="card stack" aria-labelledby="edit">
          <h2 id="edit">
            {editing ? say("entities.editing", { name: editing.entity.legalName }) : say("entities.add")}
          </h2>
          {editing ? (
            <Notice>
              <p>{say("entities.note")}</p>
            </Notice>
          ) : null}
          {/* A form of its own for each company: none takes over what stood in another's. */}
          <EntityForm key={editing?.id ?? "new"} id={editing?.id ?? null} was={editing?.entity ?? null} typed={typed} />
        </section>
      ) : null}
      {editing && mayAct("calendar.put", scene.actor).ok ? (
        <CalendarForm
          key={`calendar${editing.id}`}
          id={editing.id}
          company={editing.entity.legalName}
          was={shown(await readCalendars(scene, {})).find((one) => one.entityId === editing.id) ?? null}
          typed={sent && "holidays" in sent ? sent : null}
          wrong={(refused?.refusal?.fields ?? []).flatMap((field) =>
            typeof field.params?.line === "number" ? [{ says: field.says, line: field.params.line }] : [],
          )}
        />
      ) : null}
      {lines.length && mayAct("escalation.name", scene.actor).ok ? (
        <EscalationForm
          {...shown(await readEscalations(scene, {}))}
          companies={lines.map(({ id, entity }) => ({ id, name: entity.legalName }))}
          typed={sent && "days" in sent ? sent : null}
        />
      ) : null}
    </Frame>
  )
}

export default inFrame(Entities)
