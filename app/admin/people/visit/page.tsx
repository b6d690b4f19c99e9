import type { Metadata } from "next"
import Link from "next/link"
import { ProofCard } from "@/components/people/prove"
import { Choices, DayField, TextField } from "@/components/ui/field"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { BOUND_KINDS } from "@/domain/people/bounds"
import { listEntities } from "@/usecases/people/entities"
import { kept } from "@/usecases/people/kept"
import { readPerson } from "@/usecases/people/list-people"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("visit.title") }

const HERE = "/admin/people/visit"

/** A supervisor's account with all its bounds on one page: who, which companies, which kinds, which days, until when. */
async function Visit({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const id = one(words, "person")
  const person = id ? shown(await readPerson(scene, { id })) : null
  const entities = shown(await listEntities(scene, {}))
  const held = words.refused ? await kept(scene, HERE) : null
  const typed = held?.input ?? {}
  const before = (name: string): string => (typeof typed[name] === "string" ? typed[name] : "")
  const wrong = (name: string): string | null =>
    held?.refusal?.fields?.find((field) => field.path.split(".")[0] === name)?.says ?? null
  return (
    <Frame scene={scene} current="/admin/people">
      <h1>{say(person ? "visit.title-of" : "visit.title", { name: person?.name ?? "" })}</h1>
      <p className="lede">{say(person ? "visit.lede-of" : "visit.lede")}</p>
      <RefusedNotice words={words} />
      <ProofCard proof={proofOf(scene, HERE)} />
      <form className="card stack" method="post" action="/api/v1/visits">
        {person ? (
          <input type="hidden" name="personId" value={person.id} />
        ) : (
          <>
            <TextField name="name" label={say("people.name")} value={before("name")} error={wrong("name")} required />
            <TextField
              name="email"
              type="email"
              label={say("signin.email")}
              value={before("email")}
              error={wrong("email")}
              required
            />
          </>
        )}
        <Choices
          name="entityIds"
          label={say("visit.companies")}
          error={wrong("entityIds")}
          chosen={[typed.entityIds ?? []].flat()}
          options={[
            ...entities.map((line) => ({ value: line.id, label: line.entity.legalName })),
            { value: "all", label: say("visit.all-companies") },
          ]}
        />
        <Choices
          name="kinds"
          label={say("visit.kinds")}
          error={wrong("kinds")}
          chosen={[typed.kinds ?? []].flat()}
          options={[
            ...BOUND_KINDS.map((kind) => ({ value: kind, label: say(`kind.${kind}`) })),
            { value: "all", label: say("visit.all-kinds") },
          ]}
        />
        <DayField name="firstOn" label={say("bound.first")} help={say("visit.days-help")} value={before("firstOn")} />
        <DayField name="lastOn" label={say("bound.last")} value={before("lastOn")} error={wrong("lastOn")} />
        <DayField
          name="lastDay"
          label={say("bound.until")}
          help={say("visit.until-help")}
          value={before("lastDay")}
          error={wrong("lastDay")}
          required
        />
        <div className="row">
          <button className="primary" type="submit">
            {say(person ? "visit.give" : "visit.go")}
          </button>
          <Link href="/admin/people" prefetch={false}>
            {say("roles.back")}
          </Link>
        </div>
      </form>
    </Frame>
  )
}

export default inFrame(Visit)
