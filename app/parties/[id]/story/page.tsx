import type { Metadata } from "next"
import Link from "next/link"
import { AnswerHead } from "@/components/answers/answer-head"
import { AnswerPager } from "@/components/answers/answer-pager"
import { endingWords, FlowOfStory, GapsOfStory } from "@/components/answers/story-flows"
import {
  AnnouncementsOfStory,
  AssessmentsOfStory,
  ChainsOfStory,
  FindingsOfStory,
  PaperOfStory,
  Part,
  RequestsOfStory,
} from "@/components/answers/story-parts"
import { DaySwitch } from "@/components/shell/day-switch"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { foldFindings } from "@/domain/answers/fold-findings"
import { valueOf } from "@/domain/core/answer"
import { countryName } from "@/domain/core/country-name"
import { endStateOn } from "@/domain/endings/duty"
import { readPartyStory, type PartyStory } from "@/usecases/answers/party-story"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("story-of.link") }

type Page = { story: PartyStory; hrefOf: (path: string) => string }

/** Everything on record of one party, of all times, on one page to print. */
async function Story({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const clocks = clocksOf(one(words, "as-of"), one(words, "on"))
  const after = one(words, "after").slice(0, 1600)
  const story = shown(await readPartyStory(scene, { id, after, asOf: clocks.asOf, on: clocks.on }))
  const path = `/parties/${id}/story`
  const page = { story, hrefOf: (to: string) => withClocks(to, clocks) }
  const times = [...new URLSearchParams(withClocks("/x", clocks).split("?")[1] ?? "")] as [string, string][]
  const { body } = story.party
  return (
    <Frame scene={scene} current="/parties" past={pastOf(path, clocks)}>
      <AnswerHead
        title={say("story-of.title", { name: body.legalName })}
        said={story.said}
        day={story.day}
        asked={{ name: scene.actor.name, at: scene.now }}
        csv={withClocks(`/api/v1/audit/answers/story.csv?party=${id}`, clocks)}
      >
        <DaySwitch path={path} keep={[]} asOf={clocks.asOf?.slice(0, 10) ?? ""} on={clocks.on ?? ""} />
      </AnswerHead>
      <p className="lede">
        {say("story-of.lede", {
          ...{ flows: story.flows.length, papers: story.papers.length },
          ...{ requests: story.requests.length, findings: foldFindings(story.findings).standing.length },
        })}
      </p>
      <nav className="card" aria-label={say("story-of.contents")}>
        <h2>{say("story-of.contents")}</h2>
        <ol>
          {PARTS.map((part) => (
            <li key={part}>
              <a className="tall" href={`#${part}`}>
                {say(`story-of.part.${part}`)}
              </a>
            </li>
          ))}
        </ol>
      </nav>
      <About {...page} />
      <Flows {...page} />
      <AnswerPager path={path} words={times} after={after} next={story.next} more={say("story-of.more-flows")} />
      <Part id="gaps" empty={story.flows.length === 0}>
        <GapsOfStory flows={story.flows} />
      </Part>
      <Part id="papers" empty={story.papers.length === 0} cut={story.cut.includes("papers")}>
        {story.papers.map((paper) => (
          <PaperOfStory key={paper.id} paper={paper} day={story.day} signed={story.signed} hrefOf={page.hrefOf} />
        ))}
      </Part>
      <Part id="assessments" empty={story.assessments.length === 0}>
        <AssessmentsOfStory list={story.assessments} hrefOf={page.hrefOf} />
      </Part>
      <Part id="evidence" empty={story.evidence.length === 0} cut={story.cut.includes("evidence")}>
        <Titles list={story.evidence.map((item) => ({ ...item, href: page.hrefOf(`/evidence/${item.id}`) }))} />
      </Part>
      <Part id="subs" empty={story.chains.length + story.under.length === 0} cut={story.cut.includes("under")}>
        <ChainsOfStory list={story.chains} names={story.names} hrefOf={page.hrefOf} />
        <Titles
          list={story.under.map((item) => ({ ...item, kind: "sharing", href: page.hrefOf(`/sharings/${item.id}`) }))}
        />
      </Part>
      <Part id="announcements" empty={story.announcements.length === 0} cut={story.cut.includes("announcements")}>
        <AnnouncementsOfStory list={story.announcements} />
      </Part>
      <Part id="findings" empty={story.findings.length === 0} cut={story.cut.includes("findings")}>
        <FindingsOfStory list={story.findings} names={story.names} said={story.said} />
      </Part>
      <Part id="requests" empty={story.requests.length === 0} cut={story.cut.includes("requests")}>
        <RequestsOfStory list={story.requests} decisions={story.decisions} hrefOf={page.hrefOf} />
      </Part>
      <Merges {...page} />
      <Letters {...page} />
      <Endings {...page} />
    </Frame>
  )
}

const PARTS = [
  ...["party", "flows", "gaps", "papers", "assessments", "evidence", "subs", "announcements", "findings"],
  ...["requests", "merges", "letters", "endings"],
]

function About({ story, hrefOf }: Page) {
  const country = valueOf(story.party.body.country)
  return (
    <Part id="party" empty={false}>
      <p>
        <Link className="tall" href={hrefOf(`/parties/${story.party.id}`)} prefetch={false}>
          {story.party.body.legalName}
        </Link>
        {country ? `. ${say("story-of.country", { country: countryName(country) })}` : ""}
      </p>
      <ol>
        {story.versions.map((version) => (
          <li key={version.n}>
            {say("story-of.version", { n: version.n })}, <At instant={version.at} />: {version.title},{" "}
            {say(`standing.${version.standing}`).toLowerCase()}, {say(`story-of.decision.${version.decision}`)}
          </li>
        ))}
      </ol>
    </Part>
  )
}

function Flows({ story, hrefOf }: Page) {
  return (
    <Part id="flows" empty={story.flows.length === 0}>
      {story.flows.map((flow) => (
        <FlowOfStory
          key={flow.record.id}
          {...{ flow, hrefOf, entities: story.entities, names: story.names, day: story.day }}
        />
      ))}
    </Part>
  )
}

function Titles({ list }: { list: readonly { id: string; title: string; kind: string; href: string }[] }) {
  if (list.length === 0) return null
  return (
    <ul>
      {list.map((item) => (
        <li key={item.id}>
          <Link href={item.href} prefetch={false}>
            {item.title}
          </Link>{" "}
          <span className="soft small">{say(`kind.${item.kind}`)}</span>
        </li>
      ))}
    </ul>
  )
}

function Merges({ story, hrefOf }: Page) {
  const party = (item: { id: string; title: string; kind: string }) => ({
    ...{ ...item, kind: "party", href: hrefOf(`/parties/${item.id}`) },
  })
  return (
    <Part id="merges" empty={story.mergedInto === null && story.merged.length === 0} cut={story.cut.includes("merged")}>
      {story.mergedInto ? (
        <>
          <h3>{say("story-of.merged-into")}</h3>
          <Titles list={[party(story.mergedInto)]} />
        </>
      ) : null}
      {story.merged.length ? (
        <>
          <h3>{say("story-of.merged")}</h3>
          <Titles list={story.merged.map(party)} />
        </>
      ) : null}
    </Part>
  )
}

function Letters({ story }: Page) {
  return (
    <Part id="letters" empty={story.letters.length === 0} cut={story.cut.includes("letters")}>
      <ul>
        {story.letters.map((letter) => (
          <li key={letter.id}>
            {say("story-of.letter", {
              ...{ kind: say(`letters.kind.${letter.kind}`), day: dayWords(letter.sentOn), name: letter.byName },
              paper: story.names[letter.agreementId] ?? "",
            })}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Endings({ story }: Page) {
  const ended = story.flows.filter(({ record }) => endStateOn(record.body, story.day) !== "runs")
  return (
    <Part id="endings" empty={ended.length === 0}>
      <ul>
        {ended.map(({ record }) => (
          <li key={record.id}>
            {record.body.title}: {endingWords(record.body, story.day)}
          </li>
        ))}
      </ul>
    </Part>
  )
}

export default inFrame(Story)
