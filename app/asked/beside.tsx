import Link from "next/link"
import { Fragment } from "react"
import { AskForm } from "@/components/asked/ask-form"
import { LinkTag } from "@/components/asked/link-tag"
import { Said } from "@/components/asked/said"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Question } from "@/domain/asked/questions"
import { holdsRole, mayAct } from "@/domain/people/permissions"
import { labelOf } from "@/domain/records/labels"
import { listEntities } from "@/usecases/people/entities"
import { readAskedOf, readTakings, type AskedOfRecord, type LinkView } from "@/usecases/asked/read-asked"
import type { Scene } from "@/usecases/scene"

type About = { kind: "sharing" | "party"; recordId: string; title: string; requestId: string | null }

/** Questions that a record of this kind can take something over from. */
const TAKES: Record<About["kind"], readonly Question[]> = {
  sharing: ["where", "subprocessors", "measures", "retention", "certificates"],
  party: ["contact", "certificates"],
}

/**
 * What the supplier was asked about a flow or a party, and what it says: beside a draft each answer can be taken over. With the
 * form that asks it, for whoever may ask.
 */
export async function AskedBeside({ scene, about }: { scene: Scene; about: About }) {
  if (!scene.actor || !mayAct("supplier.read", scene.actor).ok) return null
  const asked = await readAskedOf(scene, { recordId: about.recordId, requestId: about.requestId })
  if (!asked.ok) return null
  return (
    <>
      <Taken takings={asked.value.takings} kind={about.kind} />
      {asked.value.links.length ? <Links links={asked.value.links} about={about} /> : null}
      {about.requestId || about.kind === "party" ? <Ask scene={scene} about={about} /> : null}
    </>
  )
}

function Links({ links, about }: { links: readonly LinkView[]; about: About }) {
  return (
    <section className="card stack" aria-labelledby="asked">
      <h2 id="asked">{say("asked.links")}</h2>
      {about.requestId && links.some((link) => link.said) ? <p className="soft">{say("asked.take-lede")}</p> : null}
      {links.map((link) => (
        <div key={link.id} className="stack">
          <p className="row">
            <Link className="tall" href={`/asked/${link.id}`} prefetch={false}>
              {say("asked.link-short", { no: link.no })}
            </Link>
            <LinkTag state={link.state} />
            <span className="soft small">{say("asked.by", { name: link.byName })}</span>
          </p>
          {link.said && link.sentAt ? (
            <>
              <h3>{say("asked.says")}</h3>
              <p className="soft small">
                {say("asked.says-source", {
                  ...{ party: link.partyName, no: link.no, day: dayWords(link.sentAt.slice(0, 10)) },
                })}
              </p>
              <Said
                said={link.said.answers}
                files={link.said.files}
                beside={(question) =>
                  about.requestId && TAKES[about.kind].includes(question) ? (
                    <Take about={{ ...about, requestId: about.requestId }} linkId={link.id} question={question} />
                  ) : null
                }
              />
            </>
          ) : null}
        </div>
      ))}
    </section>
  )
}

function Take({
  about,
  linkId,
  question,
}: {
  about: About & { requestId: string }
  linkId: string
  question: Question
}) {
  const hidden = { recordId: about.recordId, linkId, question }
  return (
    <form method="post" action={`/api/v1/requests/${about.requestId}/takings`}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button
        className="compact"
        type="submit"
        aria-label={say("asked.take-for", { question: say(`asked.question.${question}`) })}
      >
        {say("asked.take")}
      </button>
    </form>
  )
}

/** Which fields hold what a supplier stated: by which link, when, and who took it over. */
function Taken({ takings, kind }: { takings: AskedOfRecord["takings"]; kind: About["kind"] }) {
  if (takings.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="stated">
      <h2 id="stated">{say("asked.taken-title")}</h2>
      <dl>
        {takings.map((one) => (
          <Fragment key={one.field}>
            <dt>{one.field === "" ? say("asked.taken-whole") : labelOf(kind, one.field)}</dt>
            <dd>
              {say("asked.taken", {
                ...{ no: one.linkNo, day: dayWords(one.sentAt.slice(0, 10)), name: one.byName, party: one.partyName },
              })}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}

async function Ask({ scene, about }: { scene: Scene; about: About }) {
  const { actor } = scene
  if (!actor || !mayAct("supplier.ask", actor).ok) return null
  const entities = await listEntities(scene, {})
  const mine = (entities.ok ? entities.value : []).filter(
    (line) => holdsRole(actor, "requester", line.id) || holdsRole(actor, "procurement", line.id),
  )
  if (mine.length === 0) return null
  const hidden: Record<string, string> = about.requestId
    ? { requestId: about.requestId, recordId: about.recordId }
    : { partyId: about.recordId }
  const companies = about.kind === "sharing" ? [] : mine
  return (
    <AskForm
      party={about.title}
      hidden={hidden}
      companies={companies.map((line) => ({ value: line.id, label: line.entity.legalName }))}
    />
  )
}

/** On a request: which fields of its records are stated by a supplier alone, for whoever decides on them. */
export async function TakenInRequest({ scene, requestId }: { scene: Scene; requestId: string }) {
  if (!scene.actor || !mayAct("supplier.read", scene.actor).ok) return null
  const taken = await readTakings(scene, { requestId })
  if (!taken.ok || taken.value.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="stated">
      <h2 id="stated">{say("asked.taken-title")}</h2>
      <dl>
        {taken.value.map((one) => (
          <Fragment key={one.recordId + one.field}>
            <dt>
              {one.title}
              {one.field === "" ? "" : `: ${labelOf(one.kind, one.field)}`}
            </dt>
            <dd>
              {say("asked.taken", {
                ...{ no: one.linkNo, day: dayWords(one.sentAt.slice(0, 10)), name: one.byName, party: one.partyName },
              })}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}
