import Link from "next/link"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import type { Agreement } from "@/domain/records/agreement"
import { readRedactions } from "@/usecases/redactions/make-copy"
import type { Scene } from "@/usecases/scene"

type Held = Readonly<Record<string, unknown>>

/** The redacted copies of an agreement's files, and the way to make one for whoever may. */
export async function RedactedCopies({
  scene,
  id,
  body,
  held,
}: {
  scene: Scene
  id: string
  body: Agreement
  held: Held
}) {
  const found = await readRedactions(scene, { id })
  const made = found.ok ? found.value : []
  const makes = scene.actor !== null && mayAct("redaction.make", scene.actor).ok
  const files = body.files.filter(({ fileId }) => !held[fileId])
  if (made.length === 0 && (!makes || files.length === 0)) return null
  return (
    <section id="redacted" className="card stack" aria-label={say("redaction.title")}>
      <h2>{say("redaction.title")}</h2>
      {made.length === 0 ? <p className="soft">{say("redaction.lede")}</p> : null}
      <ul className="plain-list stack">
        {made.map((one) => (
          <li key={one.id}>
            <a className="tall" href={`/api/v1/files/${one.copyFileId}`} download>
              {say("redaction.take", { name: one.copyName })}
            </a>
            <div className="small">
              {say("redaction.made", {
                ...{ pages: one.withheld.length, count: one.pages, by: one.byName },
                role: say(`redaction.role.${one.role}`),
              })}{" "}
              <At instant={one.at} />
            </div>
            <div className="soft small">
              {one.withheld
                .slice(0, 20)
                .map(({ page, reason, words }) => {
                  const why = say(`redaction.reason.${reason}`)
                  return `${say("redaction.page", { n: page })}: ${why}${words ? ` (${words})` : ""}`
                })
                .join("; ")}
              {one.withheld.length > 20 ? " …" : ""}
            </div>
            <div className="soft small">
              {say("redaction.original")} <code>{one.sha256}</code>
            </div>
            <div className="soft small">
              {say("redaction.copy")} <code>{one.copySha256}</code>
            </div>
          </li>
        ))}
      </ul>
      {makes ? (
        <ul className="plain-list">
          {files.map(({ fileId, name }) => (
            <li key={fileId}>
              <Link className="tall" href={`/agreements/${id}/copy?file=${fileId}`} prefetch={false}>
                {say("redaction.of-file", { name })}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
