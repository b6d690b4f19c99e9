import type { Metadata } from "next"
import Link from "next/link"
import { StageTimesPicture } from "@/components/stages/times-picture"
import { SelectField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"
import { STAGES } from "@/domain/requests/stage-rules"
import { readStageTimes } from "@/usecases/requests/stage-times"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("times.title") }

const HERE = "/requests/times"

/** How long each stage took in a company, month by month of the last year. */
async function Times({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await readStageTimes(scene, {}))
  const companies = Object.entries(page.entities)
  const most = (id: string): number =>
    page.times.filter((time) => time.entityId === id && time.month === null).reduce((sum, time) => sum + time.n, 0)
  const asked = one(words, "company")
  const id =
    asked in page.entities ? asked : (companies.map(([known]) => known).sort((a, b) => most(b) - most(a))[0] ?? "")
  const times = page.times.filter((time) => time.entityId === id)
  const stages = STAGES.filter((stage) => times.some((time) => time.stage === stage))
  return (
    <Frame scene={scene} current="/requests">
      <h1>{say("times.title")}</h1>
      {stages.length ? (
        stages.map((stage) => {
          const whole = times.find((time) => time.stage === stage && time.month === null)
          return (
            <p className="lede" key={stage}>
              {say("times.lede", {
                stage: say(`stage.${stage}`),
                company: page.entities[id] ?? "",
                median: whole?.median ?? 0,
              })}
            </p>
          )
        })
      ) : (
        <p className="lede">{say("times.lede-none")}</p>
      )}
      <p className="soft small">{say("times.explain")}</p>
      {companies.length > 1 ? (
        <form className="row end" action={HERE}>
          <SelectField
            name="company"
            label={say("stages.company")}
            value={id}
            options={companies.map(([value, label]) => ({ value, label }))}
          />
          <button type="submit">{say("times.show")}</button>
        </form>
      ) : null}
      {stages.map((stage) => (
        <StageTimesPicture
          key={stage}
          stage={stage}
          months={page.months}
          times={times.filter((time) => time.stage === stage)}
        />
      ))}
      <p>
        <Link className="tall" href="/requests" prefetch={false}>
          {say("home.all")}
        </Link>
      </p>
    </Frame>
  )
}

export default inFrame(Times)
