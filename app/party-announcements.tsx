import Link from "next/link"
import { changeWords } from "@/components/announcements/change-words"
import { StatusTag } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { listAnnouncements } from "@/usecases/announcements/list-announcements"
import { withClocks, type Clocks } from "@/app/clocks"
import type { Scene } from "@/usecases/scene"

/** What a party announced of its sub-processors, in short, with the way to answer it and to record the next. */
export async function PartyAnnouncements({
  scene,
  id,
  works,
  clocks,
}: {
  scene: Scene
  id: string
  works: boolean
  clocks: Clocks
}) {
  const found = await listAnnouncements(scene, { show: "all", partyId: id, asOf: clocks.asOf })
  if (!found.ok || (found.value.lines.length === 0 && !works)) return null
  const href = withClocks(`/announcements?party=${id}`, { ...clocks, onText: "" })
  return (
    <section className="card stack" aria-labelledby="announced">
      <h2 id="announced">{say("announced.title")}</h2>
      {found.value.lines.length ? (
        <ul className="plain-list">
          {found.value.lines.map((line) => (
            <li key={line.id} className="row">
              <Link className="tall" href={`${href}#${line.id}`} prefetch={false}>
                {changeWords(line)}
              </Link>
              <StatusTag tone={line.state === "open" || line.state === "last-days" ? "warn" : "quiet"}>
                {say(`announced.state.${line.state}`)}
              </StatusTag>
              <span className="soft small">
                {say(`announced.term.${line.term}`, { day: dayWords(line.objectUntil), n: line.termDays })}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {works ? (
        <div>
          <Link className="button" href={href} prefetch={false}>
            {say("announced.record")}
          </Link>
        </div>
      ) : null}
    </section>
  )
}
