import type { Metadata } from "next"
import Link from "next/link"
import { standsWords } from "@/components/renewals/stands-words"
import { Steps } from "@/components/renewals/steps"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { TextField } from "@/components/ui/field"
import { dayWords } from "@/components/ui/when"
import { SharingList } from "@/components/whatif/sharing-list"
import { say } from "@/components/words/catalogue"
import { valueOf } from "@/domain/core/answer"
import type { Day } from "@/domain/core/day"
import { addressOf, type Scenario } from "@/domain/whatif/scenario"
import type { RenewalWay } from "@/domain/agreements/begin"
import { firstWithout, readRenewal, type Renewal } from "@/usecases/renewals/read-renewal"
import { kept } from "@/usecases/people/kept"
import { readWhatIf } from "@/usecases/whatif/read-what-if"
import type { Scene } from "@/usecases/scene"
import { mayBegin } from "@/app/desk-view"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("renewal.over") }

/** The decision about a paper's next term: its days, what stands on it, and the three ways on. */
async function RenewalPage({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const scene = await signedIn()
  const renewal = shown(await readRenewal(scene, await params))
  const words = await searchParams
  const before = typeof words.refused === "string" ? await kept(scene, `/renewals/${renewal.id}`) : null
  const day = before?.input?.noticeOn
  const field = before?.refusal?.fields?.find((item) => item.path === "noticeOn")
  const wrong = field ? say(field.says) : null
  return (
    <Frame scene={scene} current="/renewals">
      <div className="row between">
        <div>
          <p className="over">{say("renewal.over")}</p>
          <h1>{renewal.title}</h1>
        </div>
        <Link className="button" href={`/agreements/${renewal.id}`} prefetch={false}>
          {say("renewal.to-record")}
        </Link>
      </div>
      <p className="lede">{standsWords(renewal.standing)}</p>
      <RefusedNotice words={words} />
      <Without scene={scene} renewal={renewal} />
      {renewal.open.length ? (
        <Notice>
          <p>{say("renewal.under-way")}</p>
          <ul className="plain-list">
            {renewal.open.map((request) => (
              <li key={request.id}>
                <Link className="tall" href={`/requests/${request.id}`} prefetch={false}>
                  {request.no ? `R-${request.no} ` : ""}
                  {request.title}
                </Link>
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {mayBegin(scene) ? (
        <Ways renewal={renewal} first={one(words, "way")} typed={typeof day === "string" ? day : ""} wrong={wrong} />
      ) : null}
      <section className="card stack" aria-labelledby="arithmetic">
        <h2 id="arithmetic">{say("renewal.arithmetic")}</h2>
        <Steps steps={renewal.steps} />
        <p className="soft small">{say("renewal.convention")}</p>
      </section>
    </Frame>
  )
}

const FEW = 50

/** Which sharings would stand uncovered without the paper, by the engine that answers suppositions. */
async function Without({ scene, renewal }: { scene: Scene; renewal: Renewal }) {
  if (renewal.last === null) return null
  // A paper that ends of itself covers nothing after its last day already: what that day hangs on is asked.
  const scenario: Scenario =
    renewal.standing.is === "rolls"
      ? { kind: "agreement-not-renewed", agreementId: renewal.id as never, on: renewal.last }
      : { kind: "agreement-ends", agreementId: renewal.id as never, on: renewal.last }
  const found = await readWhatIf(scene, { scenario, change: "uncovered", size: FEW })
  if (!found.ok) return null
  const { summary, lines } = found.value
  const n = summary?.parts.uncovered.tally.sharings ?? 0
  return (
    <section className="card stack" aria-labelledby="without">
      <h2 id="without">{say("renewal.without")}</h2>
      <p>
        {summary === null
          ? say("renewal.uncovers-many")
          : n === 0
            ? say("renewal.uncovers-none")
            : say("renewal.uncovers", { n, from: dayWords(firstWithout(renewal)) })}
      </p>
      {n ? <SharingList lines={lines} more={n - lines.length} /> : null}
      {summary === null || n ? (
        <p>
          <Link className="tall" href={addressOf(scenario) ?? "/what-if"} prefetch={false}>
            {say("renewal.uncovers-all")}
          </Link>
        </p>
      ) : null}
    </section>
  )
}

/** On which day notice was given: of the letter that went out, where there is one; else it is written first. */
function NoticeDay({ renewal, typed, wrong }: { renewal: Renewal; typed: string; wrong: string | null }) {
  const counts = valueOf(renewal.body.noticeCounts) ?? "received"
  return (
    <>
      <TextField
        {...{ name: "noticeOn", label: say("renewal.notice-on"), help: say(`renewal.notice-${counts}`) }}
        value={typed || (renewal.noticeOn ?? "")}
        error={wrong}
      />
      <p>
        <Link className="tall" href={`/agreements/${renewal.id}/letters?kind=termination`} prefetch={false}>
          {say("renewal.to-letters")}
        </Link>
      </p>
    </>
  )
}

/** The three ways on, each the beginning of a request. */
function Ways(props: { renewal: Renewal; first: string; typed: string; wrong: string | null }) {
  const { renewal, first, typed, wrong } = props
  const { title, last, renewedTo } = renewal
  const day = (on: Day | null): string => (on === null ? "" : dayWords(on))
  const over = renewal.standing.is === "over"
  const { standing } = renewal
  const settled = standing.is === "ends" && (standing.why === "notice" || standing.why === "terminated")
  const bound = standing.is === "ends" && standing.why === "bound"
  const own = over ? "never" : (valueOf(renewal.body.renewal)?.way ?? "never")
  const way = settled ? "settled" : bound ? "bound" : own
  const ways: { way: RenewalWay; help: string; title: string }[] = [
    ...(last === null || renewedTo === null
      ? []
      : [
          {
            way: "renew" as const,
            help: [
              say("renewal.renew-help", { to: day(renewedTo) }),
              ...(renewal.bound ? [say("renewal.renew-bound", renewal.bound)] : []),
            ].join(" "),
            title: say("renewal.renew-title", { title, to: day(renewedTo) }),
          },
          {
            way: "lapse" as const,
            help: say(`renewal.lapse-${way}`, { last: day(last) }),
            title: say("renewal.lapse-title", { title, last: day(last) }),
          },
        ]),
    {
      way: "renegotiate",
      help: say("renewal.renegotiate-help"),
      title: say("renewal.renegotiate-title", { title }),
    },
  ]
  return (
    <section className="stack" aria-labelledby="ways">
      <h2 id="ways">{say("renewal.choose")}</h2>
      <div className="beside">
        {ways.map((item) => (
          <form key={item.way} className="card stack" method="post" action="/api/v1/renewals">
            <h3>{say(`renewal.${item.way}`)}</h3>
            <p>{item.help}</p>
            {item.way === "lapse" && renewal.needsNotice ? (
              <NoticeDay renewal={renewal} typed={typed} wrong={wrong} />
            ) : null}
            <input type="hidden" name="agreementId" value={renewal.id} />
            <input type="hidden" name="way" value={item.way} />
            <input type="hidden" name="title" value={item.title.slice(0, 300)} />
            {renewal.open.length ? (
              <>
                <input type="hidden" name="seen" value={renewal.open.map((one) => one.id).join(" ")} />
                <label className="row">
                  <input type="checkbox" name="anyway" value="yes" /> {say("renewal.anyway")}
                </label>
              </>
            ) : null}
            {item.way === "lapse" && settled ? null : (
              <button type="submit" className={item.way === (first || "renew") ? "primary" : undefined}>
                {say(`renewal.${item.way}`)}
              </button>
            )}
          </form>
        ))}
      </div>
    </section>
  )
}

export default inFrame(RenewalPage)
