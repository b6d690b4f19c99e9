import { Notice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { BandFigures } from "@/domain/checks/band-sums"
import type { BandTip } from "@/domain/checks/wide"

const COUNT = new Intl.NumberFormat("en-GB")

/** What a request does to the sums of people whose data leaves the mainland: before and after, and the next band. */
export function BandSums({
  tips,
  entities,
}: {
  tips: readonly BandTip[]
  entities: readonly { id: string; entity: { legalName: string } }[]
}) {
  if (tips.length === 0) return null
  const name = (id: string): string => entities.find((one) => one.id === id)?.entity.legalName ?? say("story.company")
  return (
    <section className="card stack" id="bands" aria-label={say("bands.title")}>
      <h2>{say("bands.title")}</h2>
      {tips.map((tip) => (
        <OneSum key={tip.entityId} tip={tip} company={name(tip.entityId)} />
      ))}
      <p className="soft small">{say("bands.scope")}</p>
    </section>
  )
}

function OneSum({ tip, company }: { tip: BandTip; company: string }) {
  const { before, after, on, left } = tip
  const tipped = tip.days.length > 0
  const key = tipped ? "bands.tips" : before.band === after.band ? "bands.stays" : "bands.moves-down"
  const words = { company, was: before.band, band: after.band, day: dayWords(on), n: left }
  const line = (label: string, was: string, is: string) => (
    <tr>
      <th scope="row">{label}</th>
      <td data-label={say("bands.before")}>{was}</td>
      <td data-label={say("bands.after")}>{is}</td>
    </tr>
  )
  return (
    <div className="stack">
      <Notice tone={left > 0 ? "bad" : tipped ? "warn" : "review"}>
        <p>{say(key, words)}</p>
        {left > 0 ? <p>{say("bands.left", words)}</p> : null}
        {tip.certain ? null : <p>{say("bands.unsure")}</p>}
      </Notice>
      <p className="soft small">{say("bands.on", words)}</p>
      <div className="scroll" role="region" aria-label={say("bands.caption", words)} tabIndex={0}>
        <table className="list">
          <thead>
            <tr>
              <th scope="col">{say("bands.what")}</th>
              <th scope="col">{say("bands.before")}</th>
              <th scope="col">{say("bands.after")}</th>
            </tr>
          </thead>
          <tbody>
            {line(say("bands.ordinary"), COUNT.format(before.ordinary), COUNT.format(after.ordinary))}
            {line(say("bands.sensitive"), COUNT.format(before.sensitive), COUNT.format(after.sensitive))}
            {before.unknown + after.unknown > 0
              ? line(say("bands.unknown"), COUNT.format(before.unknown), COUNT.format(after.unknown))
              : null}
            {line(say("bands.band"), before.band, after.band)}
          </tbody>
        </table>
      </div>
      {after.next ? <p>{nextWords(after.next)}</p> : null}
    </div>
  )
}

function nextWords(next: NonNullable<BandFigures["next"]>): string {
  const which =
    next.ordinary === null
      ? "bands.next-sensitive"
      : next.sensitive === null
        ? "bands.next-ordinary"
        : "bands.next-both"
  const figures = { ordinary: COUNT.format(next.ordinary ?? 0), sensitive: COUNT.format(next.sensitive ?? 0) }
  return say(which, { band: next.band, ...figures })
}
