import type { Metadata } from "next"
import Link from "next/link"
import { AnswerHead } from "@/components/answers/answer-head"
import { AnswerPager } from "@/components/answers/answer-pager"
import { AnswerTable, BroughtTable, EntitledCell, FoundList, Proof } from "@/components/answers/history-parts"
import { DaySwitch } from "@/components/shell/day-switch"
import { At, dayWords } from "@/components/ui/when"
import { CATALOGUE, say } from "@/components/words/catalogue"
import { readHistory, type DecisionHistory, type HistoryDecision } from "@/usecases/answers/decision-history"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("history.link") }

/** The history of a request's decision on one page, to print. */
async function History({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const clocks = clocksOf(one(words, "as-of"), "")
  const said = one(words, "after")
  const after = /^\d{1,15}$/.test(said) ? Number(said) : -1
  const page = shown(await readHistory(scene, { requestId: id, after, asOf: clocks.asOf }))
  const path = `/requests/${id}/history`
  const past = pastOf(path, clocks)
  const { request } = page
  return (
    <Frame scene={scene} current="/requests" past={past ? { ...past, other: null } : null}>
      <AnswerHead
        title={say("history.title", { no: request.no })}
        said={page.said}
        asked={{ name: scene.actor.name, at: scene.now }}
      >
        <DaySwitch path={path} keep={[]} asOf={clocks.asOf?.slice(0, 10) ?? ""} on={null} />
      </AnswerHead>
      <p className="lede">
        <Link className="tall" href={`/requests/${id}`} prefetch={false}>
          R-{request.no}
        </Link>{" "}
        {say("history.lede", {
          ...{ title: request.title, state: say(`state.${request.state}`).toLowerCase() },
          ...{ revisions: page.revisions.length, decisions: page.decisions.length },
        })}
      </p>
      {page.revisions.map((revision) => (
        <Revision key={revision.n} page={page} revision={revision} />
      ))}
      <Conditions page={page} />
      <section className="card stack" aria-labelledby="brought">
        <h2 id="brought">{say("history.brought")}</h2>
        {page.brought.length ? (
          <BroughtTable brought={page.brought} titles={page.titles} signed={page.signed} />
        ) : (
          <p className="soft">{say("history.brought-none")}</p>
        )}
        {page.more ? <p className="soft">{say("history.brought-more", { n: page.brought.length })}</p> : null}
        {page.brought.length ? (
          <>
            <h3>{say("history.found")}</h3>
            {page.found.length ? (
              <FoundList found={page.found} titles={page.titles} />
            ) : (
              <p className="soft">{say("history.found-none")}</p>
            )}
          </>
        ) : null}
      </section>
      <Events page={page} />
      <AnswerPager
        path={path}
        words={clocks.asOfText ? [["as-of", clocks.asOfText]] : []}
        after={after >= 0 ? said : ""}
        next={page.next === null ? null : String(page.next)}
        more={say("history.more")}
      />
      <p className="small soft">
        {say("card.origin", { origin: page.origin })} <code className="long">{withClocks(path, clocks)}</code>
      </p>
    </Frame>
  )
}

type RevisionShown = DecisionHistory["revisions"][number]

function Revision({ page, revision }: { page: DecisionHistory; revision: RevisionShown }) {
  const { n } = revision
  const authors = (page.authors[n] ?? []).map((id) => page.names[id] ?? "").filter(Boolean)
  const name = page.names[revision.actorId] ?? ""
  return (
    <section className="card stack" aria-labelledby={`revision-${n}`}>
      <h2 id={`revision-${n}`}>{say("history.revision", { n })}</h2>
      <p>
        {say(revision.act === "request.send-back" ? "history.sent-back" : "history.submitted", { name })}{" "}
        <At instant={revision.at} /> UTC (<Proof index={revision.logIndex} signed={page.signed} />
        ). {authors.length ? `${say("history.authors", { names: authors.join(", ") })}.` : ""}
      </p>
      <p className="small">
        {say("history.hash")}: <code className="long">{revision.hash}</code>
      </p>
      {revision.stages.length === 0 ? <p>{say("history.no-stages")}</p> : null}
      {revision.stages.length ? (
        <>
          <AnswerTable
            label={say("history.revision", { n })}
            columns={["history.stage", "history.word", "history.who", "history.entitled"]}
          >
            {revision.stages.map((stage) => (
              <Stage key={stage.stage + stage.entityId} page={page} n={n} stage={stage} />
            ))}
          </AnswerTable>
          <p className="small">{say("history.rules", { n: revision.rulesVersion })}</p>
        </>
      ) : null}
    </section>
  )
}

function Stage({ page, n, stage }: { page: DecisionHistory; n: number; stage: RevisionShown["stages"][number] }) {
  const at = (decision: { stage: string; entityId: string }): boolean =>
    decision.stage === stage.stage && decision.entityId === stage.entityId
  const here = page.decisions.find((decision) => decision.revision === n && at(decision))
  const kept = page.carried.find((fate) => fate.revision === n && fate.fate === "kept" && at(fate))
  const was = here ?? page.decisions.find((decision) => decision.id === kept?.decisionId)
  const withdrawn = here
    ? page.carried.find((fate) => fate.decisionId === here.id && fate.fate === "withdrawn")
    : undefined
  return (
    <tr>
      <th scope="row">
        {say(`stage.${stage.stage}`)} <span className="soft small">{say(`history.${stage.seat}`)}</span>
        <div className="soft small">{page.entities[stage.entityId]}</div>
      </th>
      {was ? (
        <>
          <td>
            <Said decision={was} kept={!here} signed={page.signed} />
            {withdrawn ? <div className="soft small">{say("history.withdrawn", { n: withdrawn.revision })}</div> : null}
          </td>
          <td data-label={say("history.who")}>
            {page.names[was.personId]}
            {was.forPerson ? (
              <div className="soft small">{say("history.behalf", { name: page.names[was.forPerson] ?? "" })}</div>
            ) : null}
          </td>
          <td data-label={say("history.entitled")}>
            <EntitledCell grant={was.entitled.grant} entities={page.entities} signed={page.signed} />
            {was.behalf ? (
              <div>
                {page.names[was.behalf.personId]}:{" "}
                <EntitledCell grant={was.behalf.grant} entities={page.entities} signed={page.signed} />
              </div>
            ) : null}
          </td>
        </>
      ) : (
        <td colSpan={3}>{say("history.open")}</td>
      )}
    </tr>
  )
}

function Said({ decision, kept, signed }: { decision: HistoryDecision; kept: boolean; signed: number | null }) {
  const reason = decision.reasonElsewhere ? say("talk.reason-elsewhere") : decision.reasonText
  return (
    <>
      <strong>{say(`decided.${decision.verdict}`)}</strong>, <At instant={decision.at} /> UTC (
      <Proof index={decision.logIndex} signed={signed} />)
      {kept ? <div className="soft small">{say("history.kept", { n: decision.revision })}</div> : null}
      {reason ? <div>{reason}</div> : null}
    </>
  )
}

function Conditions({ page }: { page: DecisionHistory }) {
  if (page.conditions.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="conditions">
      <h2 id="conditions">{say("history.conditions")}</h2>
      <ul>
        {page.conditions.map((condition) => (
          <li key={condition.id}>
            {condition.words ?? say("conditions.elsewhere")}{" "}
            <span className="soft small">
              {say("history.condition-of", {
                name: page.names[condition.askedOf] ?? "",
                day: dayWords(condition.dueOn),
              })}
            </span>
            <ul>
              {page.conditionTurns
                .filter((turn) => turn.conditionId === condition.id)
                .map((turn) => (
                  <li key={turn.at + turn.turn}>
                    {say(`history.turn.${turn.turn}`, { name: page.names[turn.personId] ?? "" })},{" "}
                    <At instant={turn.at} /> UTC{turn.words ? `: ${turn.words}` : ""}
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Events({ page }: { page: DecisionHistory }) {
  return (
    <section className="card stack" aria-labelledby="events">
      <h2 id="events">{say("history.events")}</h2>
      <AnswerTable label={say("history.events")} columns={["log.index", "log.at", "log.act", "log.actor"]}>
        {page.events.map((event) => (
          <tr key={event.index}>
            <th scope="row">
              <Proof index={event.index} signed={page.signed} />
            </th>
            <td className="nowrap">
              <At instant={event.at} />
            </td>
            <td>{`act.${event.act}` in CATALOGUE ? say(`act.${event.act}`) : event.act}</td>
            <td>
              {page.names[event.actorId] ?? event.actorId}
              {event.forId ? (
                <div className="soft small">{say("history.behalf", { name: page.names[event.forId] ?? "" })}</div>
              ) : null}
            </td>
          </tr>
        ))}
      </AnswerTable>
    </section>
  )
}

export default inFrame(History)
