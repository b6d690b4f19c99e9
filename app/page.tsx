import Link from "next/link"
import { RequestTable } from "@/components/requests/request-table"
import { say } from "@/components/words/catalogue"
import { listRequests, type RequestList } from "@/usecases/requests/list-requests"
import { Frame, rolesOf, shown, signedIn } from "./page-frame"

export default async function Home() {
  const scene = await signedIn()
  const roles = rolesOf(scene)
  const reads = roles.some((role) => role !== "administrator")
  return (
    <Frame scene={scene} current="/">
      <h1>{say("home.title")}</h1>
      {reads ? (
        <Waiting
          review={shown(await listRequests(scene, { state: ["in-review"], size: 25 }))}
          mine={shown(await listRequests(scene, { mine: true, size: 25 }))}
        />
      ) : (
        <p className="lede">{say("home.administrator")}</p>
      )}
    </Frame>
  )
}

function Waiting({ review, mine }: { review: RequestList; mine: RequestList }) {
  const n = review.counts["in-review"] ?? 0
  return (
    <>
      <div className="row between">
        <p className="lede">{n ? say("home.waiting", { n }) : say("home.nothing")}</p>
        <Link className="button primary" href="/requests/new" prefetch={false}>
          {say("home.new")}
        </Link>
      </div>
      <section className="card">
        <h2>{say("home.decide")}</h2>
        {review.rows.length ? (
          <RequestTable rows={review.rows} caption={say("home.decide")} />
        ) : (
          <p className="soft">{say("home.none")}</p>
        )}
      </section>
      <section className="card">
        <h2>{say("home.mine")}</h2>
        {mine.rows.length ? (
          <RequestTable rows={mine.rows} caption={say("home.mine")} />
        ) : (
          <p className="soft">{say("home.none")}</p>
        )}
      </section>
    </>
  )
}
