import Link from "next/link"
import { StatusTag } from "@/components/ui/status-tag"
import { say } from "@/components/words/catalogue"
import { besideRequest } from "@/usecases/requests/look-beside"
import type { Scene } from "@/usecases/scene"

/**
 * What a request touches besides what it proposes and what is drawn before and after; it comes after the page, which does
 * not wait for it.
 */
export async function BesideRequest({ scene, id, drawn }: { scene: Scene; id: string; drawn: readonly string[] }) {
  const found = await besideRequest(scene, { id, without: drawn })
  if (!found.ok) return null
  const { sharings, n } = found.value
  return (
    <section className="card stack" aria-label={say("touches.title")}>
      <h2>{say("touches.title")}</h2>
      {n === 0 ? (
        <p className="soft">{say(drawn.length ? "touches.none-more" : "touches.none")}</p>
      ) : (
        <p>{say(drawn.length ? "touches.lede-more" : "touches.lede", { n })}</p>
      )}
      {n > 0 ? (
        <div className="scroll" role="region" aria-label={say("touches.caption")} tabIndex={0}>
          <table className="list">
            <caption className="unseen">{say("touches.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{say("touches.sharing")}</th>
                <th scope="col">{say("touches.cover")}</th>
                <th scope="col">{say("touches.how")}</th>
              </tr>
            </thead>
            <tbody>
              {sharings.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <Link href={`/sharings/${one.id}`} prefetch={false}>
                      {one.title}
                    </Link>
                  </th>
                  <td data-label={say("touches.cover")}>
                    <StatusTag tone={one.covered ? "good" : "bad"}>
                      {say(one.covered ? "touches.covered" : "touches.uncovered")}
                    </StatusTag>
                  </td>
                  <td className="small" data-label={say("touches.how")}>
                    {say(`touches.by.${one.how}`)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {n > sharings.length ? <p className="soft small">{say("touches.more", { n: n - sharings.length })}</p> : null}
    </section>
  )
}
