import type { Metadata } from "next"
import Link from "next/link"
import { AwayTable, EntitledTable } from "@/components/people/away-table"
import { RoleTable } from "@/components/people/role-table"
import { TextField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { listEntities } from "@/usecases/people/entities"
import { listAway } from "@/usecases/people/list-away"
import { listRoles } from "@/usecases/people/list-people"
import { parseAsOf } from "@/usecases/register/as-of"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("roles.title") }

async function Roles({ searchParams }: { searchParams: Words }) {
  const asked = one(await searchParams, "as-of").slice(0, 40)
  const asOf = parseAsOf(asked)
  const scene = await signedIn()
  const page = shown(await listRoles(scene, { asOf }))
  const { away, entitled } = shown(await listAway(scene, { asOf }))
  const nameOf = (id: string | null): string => (id === null ? say("people.everywhere") : (names.get(id) ?? id))
  const names = new Map(shown(await listEntities(scene, {})).map((line) => [line.id as string, line.entity.legalName]))
  const early = asOf !== null && page.began !== null && asOf < page.began
  return (
    <Frame scene={scene} current="/admin/people">
      <h1>{say("roles.title")}</h1>
      <p className="lede">
        {asOf ? (
          <>
            {say("roles.then")} <At instant={asOf} /> UTC.
          </>
        ) : (
          say("roles.now")
        )}
      </p>
      <form className="row" action="/admin/people/roles">
        <TextField name="as-of" label={say("roles.as-of")} help={say("roles.as-of-help")} value={asked} />
        <button type="submit">{say("roles.go")}</button>
        {asOf ? (
          <Link href="/admin/people/roles" prefetch={false}>
            {say("roles.today")}
          </Link>
        ) : null}
      </form>
      {asked && !asOf ? (
        <Notice tone="warn">
          <p>{say("roles.no-instant")}</p>
        </Notice>
      ) : null}
      {early ? (
        <Notice>
          <p>
            {say("roles.early")} <At instant={page.began ?? ""} /> UTC.
          </p>
        </Notice>
      ) : null}
      <section className="card">
        <RoleTable
          roles={page.roles.map((role) => ({
            ...role,
            entityName: role.entityId ? (names.get(role.entityId) ?? role.entityId) : null,
          }))}
        />
      </section>
      <section className="card stack" aria-labelledby="away">
        <h2 id="away">{say("roles.away")}</h2>
        <AwayTable away={away} nameOf={nameOf} />
      </section>
      <section className="card stack" aria-labelledby="entitled">
        <h2 id="entitled">{say("roles.entitled")}</h2>
        <EntitledTable entitled={entitled} nameOf={nameOf} />
        <p>
          <Link href={`/admin/stages${asOf ? `?as-of=${encodeURIComponent(asked)}` : ""}`} prefetch={false}>
            {say(asOf ? "roles.rules-then" : "roles.rules")}
          </Link>
        </p>
      </section>
      <p>
        <Link href="/admin/people" prefetch={false}>
          {say("roles.back")}
        </Link>
      </p>
    </Frame>
  )
}

export default inFrame(Roles)
