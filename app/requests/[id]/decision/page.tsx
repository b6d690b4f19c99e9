import type { Metadata } from "next"
import Link from "next/link"
import { AnswerLink } from "@/components/answers/answer-link"
import { CardFoot, Decided } from "@/components/requests/decision-card"
import { say } from "@/components/words/catalogue"
import { readDecisions } from "@/usecases/requests/decision-card"
import { mayAct } from "@/domain/people/permissions"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { pathOf } from "@/components/records/record-path"

export const metadata: Metadata = { title: say("card.title") }

async function RequestCard({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const scene = await signedIn()
  const clocks = clocksOf(one(await searchParams, "as-of"), "")
  const { origin, requests } = shown(await readDecisions(scene, { requestIds: [id], asOf: clocks.asOf }))
  const path = `/requests/${id}/decision`
  return (
    <Frame scene={scene} current="/requests" past={pastOf(path, clocks)}>
      {requests.map((request) => (
        <div className="stack card-sheet" key={request.id}>
          <h1>{say("card.of", { title: request.title })}</h1>
          <Decided request={request} />
          <AnswerLink
            href={withClocks(`/requests/${id}/history`, clocks)}
            says="history.link"
            may={mayAct("answers.read", scene.actor).ok}
          />
          <section className="card stack" aria-labelledby="about">
            <h2 id="about">{say("card.about")}</h2>
            <ul>
              {request.records.map((record) => (
                <li key={record.recordId}>
                  {say(`kind.${record.kind}`)}, {say(`card.op.${record.op}`)}:{" "}
                  {record.kind === "sharing" && request.state === "approved" ? (
                    <Link className="tall" href={`/sharings/${record.recordId}/decision`} prefetch={false}>
                      {record.title}
                    </Link>
                  ) : request.state === "approved" ? (
                    <Link className="tall" href={pathOf(record.kind as never, record.recordId)} prefetch={false}>
                      {record.title}
                    </Link>
                  ) : (
                    record.title
                  )}
                </li>
              ))}
            </ul>
            {request.elsewhere > 0 ? <p className="soft">{say("card.elsewhere", { n: request.elsewhere })}</p> : null}
          </section>
        </div>
      ))}
      <CardFoot origin={origin} path={path} asOf={clocks.asOf ?? scene.now} />
    </Frame>
  )
}

export default inFrame(RequestCard)
