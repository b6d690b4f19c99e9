import type { Metadata } from "next"
import Link from "next/link"
import { PersonTable, type GrantView } from "@/components/people/person-table"
import { Choices, SelectField, TextField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { ProofCard } from "@/components/people/prove"
import { say } from "@/components/words/catalogue"
import { confirmGrant } from "@/domain/people/grants"
import { confirmReset } from "@/domain/people/resets"
import { ROLES } from "@/domain/people/roles"
import { listEntities } from "@/usecases/people/entities"
import { kept, shownOnce } from "@/usecases/people/kept"
import { listPeople } from "@/usecases/people/list-people"
import { inFrame } from "@/app/in-frame"
import { boundOfGrant } from "@/app/bound-words"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf } from "@/app/sign-on"

export const metadata: Metadata = { title: say("people.title") }

const HERE = "/admin/people"

async function People({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await listPeople(scene, { after: one(words, "after") || null }))
  const entities = shown(await listEntities(scene, {}))
  const nameOf = new Map(entities.map((line) => [line.id as string, line.entity.legalName]))
  const zoneOf = new Map(entities.map((line) => [line.id as string, line.entity.zone]))
  const once = await shownOnce(scene, HERE)
  const typed = words.refused ? ((await kept(scene, HERE))?.input ?? {}) : {}
  const before = (name: string): string => (typeof typed[name] === "string" ? typed[name] : "")
  const choices = entities.map((line) => ({ id: line.id, name: line.entity.legalName }))
  const people = page.people.map((person) => ({
    ...person,
    self: person.id === scene.actor.id,
    reset: person.reset
      ? {
          byName: person.reset.byName ?? "",
          mayConfirm: confirmReset(scene.actor.id, {
            ...{ ofPerson: person.id, byPerson: person.reset.byPerson, confirmedBy: null },
          }).ok,
        }
      : null,
    grants: person.grants.map((grant): GrantView => ({
      grantId: grant.grantId,
      role: grant.role,
      entityName: grant.entityId ? (nameOf.get(grant.entityId) ?? grant.entityId) : null,
      state: grant.state,
      mayConfirm: confirmGrant(scene.actor.id, grant).ok,
      ...boundOfGrant(grant, zoneOf.get(grant.entityId ?? "") ?? "UTC"),
    })),
  }))
  const count = (state: string): number =>
    people.flatMap((person) => person.grants).filter((grant) => grant.state === state).length
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("people.title")}</h1>
      <p>
        {count("waiting") ? say("people.lede", { n: count("waiting") }) : say("people.lede-none")}{" "}
        {count("unconfirmed") ? say("people.unconfirmed", { n: count("unconfirmed") }) : ""}
      </p>
      {people.some((person) => person.grants.some((grant) => grant.mayConfirm)) ? (
        <Notice tone="warn">
          <p>{say("people.ask-first")}</p>
        </Notice>
      ) : null}
      <RefusedNotice words={words} />
      <ProofCard proof={proofOf(scene, HERE)} />
      <ShownOnce once={once} />
      <p>
        <Link href="/admin/people/roles" prefetch={false}>
          {say("roles.way")}
        </Link>
      </p>
      <section className="card">
        <PersonTable people={people} entities={choices} />
        {page.next ? (
          <p>
            <Link className="button" prefetch={false} href={`${HERE}?${new URLSearchParams({ after: page.next })}`}>
              {say("list.more")}
            </Link>
          </p>
        ) : null}
      </section>
      <section className="card stack" aria-labelledby="invite">
        <h2 id="invite">{say("people.invite")}</h2>
        <p className="soft">{say("people.invite-lede")}</p>
        <p>
          <Link href="/admin/people/visit" prefetch={false}>
            {say("visit.way")}
          </Link>
        </p>
        <form className="stack" method="post" action="/api/v1/people">
          <TextField name="name" label={say("people.name")} value={before("name")} required />
          <TextField name="email" type="email" label={say("signin.email")} value={before("email")} required />
          <Choices
            name="role"
            label={say("people.roles")}
            chosen={[typed.role ?? []].flat()}
            options={ROLES.filter((role) => role !== "supervisor").map((role) => ({
              value: role,
              label: say(`role.${role}`),
            }))}
          />
          <SelectField
            name="entityId"
            label={say("people.entity")}
            value={before("entityId")}
            options={[
              { value: "", label: say("people.everywhere") },
              ...choices.map((entity) => ({ value: entity.id, label: entity.name })),
            ]}
          />
          <button className="primary" type="submit">
            {say("people.invite-go")}
          </button>
        </form>
      </section>
    </Frame>
  )
}

/** A link or a code is shown once, to whoever made it. */
function ShownOnce({ once }: { once: Record<string, string> | null }) {
  if (!once?.path && !once?.code) return null
  return (
    <Notice tone="good">
      <p>{say(once.code ? "people.code" : once.second ? "people.link-second" : "people.link")}</p>
      <p>
        <code>
          {once.code ?? new URL(once.path ?? "", process.env.NEXTAUTH_URL ?? "http://127.0.0.1:3000").toString()}
        </code>
      </p>
    </Notice>
  )
}

export default inFrame(People)
