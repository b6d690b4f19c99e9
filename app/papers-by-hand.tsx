import Link from "next/link"
import { ProofField } from "@/components/people/prove"
import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { listPapersByHand, readPaperByHand } from "@/usecases/papers/confirm-paper"
import type { PaperByHand } from "@/usecases/papers/paper-by-hand"
import type { Scene } from "@/usecases/scene"
import { proofOf } from "@/app/sign-on"

/** Of an agreement that was signed by hand: who confirmed it, who is missing, and where whoever may confirms it. */
export async function PaperConfirmed({ scene, id }: { scene: Scene; id: string }) {
  const found = await readPaperByHand(scene, { agreementId: id })
  return found.ok && found.value ? (
    <section className="card stack" aria-labelledby="by-hand">
      <h2 id="by-hand">{say("by-hand.title")}</h2>
      <OnePaper scene={scene} paper={found.value} />
    </section>
  ) : null
}

/** The same of the papers that a request in review holds. */
export async function PapersConfirmed({ scene, requestId }: { scene: Scene; requestId: string }) {
  const found = await listPapersByHand(scene, { requestId })
  if (!found.ok || found.value.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="by-hand">
      <h2 id="by-hand">{say("by-hand.title")}</h2>
      {found.value.map((paper) => (
        <div className="stack" key={paper.agreementId}>
          <h3>{paper.title}</h3>
          <OnePaper scene={scene} paper={paper} />
        </div>
      ))}
    </section>
  )
}

/** What waits for the reader to be looked at. */
export async function PapersToConfirm({ scene }: { scene: Scene }) {
  if (!scene.actor || !mayAct("paper.confirm", scene.actor).ok) return null
  const found = await listPapersByHand(scene, {})
  if (!found.ok || found.value.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="to-confirm">
      <h2 id="to-confirm">{say("by-hand.waiting", { n: found.value.length })}</h2>
      <ul>
        {found.value.map(({ agreementId, requestId, title, needed, confirmed }) => (
          <li key={`${requestId ?? ""}${agreementId}`}>
            <Link
              className="tall"
              href={`${requestId ? `/requests/${requestId}` : `/agreements/${agreementId}`}#by-hand`}
              prefetch={false}
            >
              {title}
            </Link>{" "}
            <span className="soft small">{say("by-hand.count", { n: confirmed.length, needed })}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function OnePaper({ scene, paper }: { scene: Scene; paper: PaperByHand }) {
  const { needed, confirmed, before, refused, requestId, agreementId, signing, files } = paper
  const missing = Math.max(0, needed - confirmed.length)
  const signed = signing.state === "known" && signing.value === "by-seal" ? "by-seal" : "by-hand"
  return (
    <>
      <p>
        <StatusTag tone={missing === 0 ? "good" : "warn"}>
          {missing === 0 ? say("by-hand.done") : say("by-hand.missing", { missing })}
        </StatusTag>{" "}
        {say(`by-hand.how.${signed}`)} {say(needed === 2 ? "by-hand.needs-two" : "by-hand.needs-one")}
      </p>
      {confirmed.length > 0 ? (
        <ul>
          {confirmed.map(({ personId, byName, saw, author, at }) => (
            <li key={personId}>
              {say(`by-hand.saw.${saw}`, { by: byName })}, <At instant={at} />
              {author ? <span className="soft small"> {say("by-hand.author")}</span> : null}
            </li>
          ))}
        </ul>
      ) : null}
      {before > 0 ? <p className="soft">{say("by-hand.before", { n: before })}</p> : null}
      {refused === null ? (
        <form className="stack" method="post" action="/api/v1/papers/confirmations">
          <input type="hidden" name="agreementId" value={agreementId} />
          {requestId ? <input type="hidden" name="requestId" value={requestId} /> : null}
          {files.map(({ fileId, sha256, name }) => (
            <div key={fileId}>
              <input type="hidden" name="files" value={sha256} />
              <a className="tall" href={`/api/v1/files/${fileId}`}>
                {name}
              </a>
            </div>
          ))}
          <p>{say("by-hand.ask")}</p>
          <ProofField
            proof={proofOf(scene, requestId ? `/requests/${requestId}` : `/agreements/${agreementId}`)}
            name="_password"
          />
          <div className="row">
            <button className="primary" type="submit" name="saw" value="original">
              {say("by-hand.confirm.original")}
            </button>
            <button type="submit" name="saw" value="scan">
              {say("by-hand.confirm.scan")}
            </button>
          </div>
        </form>
      ) : missing > 0 ? (
        <p className="soft">{say(`${refused}`)}</p>
      ) : null}
    </>
  )
}
