import type { Metadata } from "next"
import { AnswerHead } from "@/components/answers/answer-head"
import { AnswerPager } from "@/components/answers/answer-pager"
import { DaySwitch } from "@/components/shell/day-switch"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { rolesOn, type RolesPage } from "@/usecases/answers/roles-on"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("answers.roles") }

const PATH = "/audit/answers/roles"

/** Who held which role where on a day, and who stood in for whom. */
async function Roles({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const clocks = clocksOf(one(words, "as-of"), "")
  const after = one(words, "after").slice(0, 1600)
  const page = shown(await rolesOn(scene, { after, asOf: clocks.asOf }))
  const times: [string, string][] = clocks.asOfText ? [["as-of", clocks.asOfText]] : []
  const past = pastOf(PATH, clocks)
  return (
    <Frame scene={scene} current="/audit/answers" past={past ? { ...past, other: null } : null}>
      <AnswerHead
        title={say("answers.roles")}
        said={page.said}
        asked={{ name: scene.actor.name, at: scene.now }}
        csv={withClocks("/api/v1/audit/answers/roles.csv", clocks)}
      >
        <DaySwitch path={PATH} keep={[]} asOf={clocks.asOf?.slice(0, 10) ?? ""} on={null} />
      </AnswerHead>
      <p className="lede">{say("held.lede")}</p>
      <Held page={page} />
      <AnswerPager path={PATH} words={times} after={after} next={page.next} />
      {after ? null : <Lent page={page} />}
    </Frame>
  )
}

const placeOf = (page: RolesPage, entityId: string | null): string =>
  entityId === null ? say("answers.everywhere") : (page.entities[entityId] ?? entityId)

function Held({ page }: { page: RolesPage }) {
  if (page.lines.length === 0) return <p>{say("held.none")}</p>
  return (
    <section className="card stack">
      <div className="scroll" role="region" aria-label={say("held.caption")} tabIndex={0}>
        <table className="list dense">
          <caption>{say("held.caption")}</caption>
          <thead>
            <tr>
              {["name", "role", "company", "since", "by", "until"].map((column) => (
                <th key={column} scope="col">
                  {say(`held.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.lines.map((line) => (
              <tr key={line.grantId}>
                <th scope="row">{line.name}</th>
                <td data-label={say("held.role")}>
                  {say(`role.${line.role}`)}
                  {line.state === "unconfirmed" ? <div className="soft small">{say("held.unconfirmed")}</div> : null}
                </td>
                <td data-label={say("held.company")}>{placeOf(page, line.entityId)}</td>
                <td data-label={say("held.since")}>
                  <At instant={line.since} />
                </td>
                <td data-label={say("held.by")}>{line.byName ?? say("held.operator")}</td>
                <td data-label={say("held.until")}>{line.untilAt ? <At instant={line.untilAt} /> : null}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Lent({ page }: { page: RolesPage }) {
  return (
    <section className="card stack" aria-labelledby="lent">
      <h2 id="lent">{say("held.lent")}</h2>
      {page.lent.length === 0 ? <p className="soft">{say("held.lent-none")}</p> : null}
      {page.lent.length ? (
        <div className="scroll" role="region" aria-label={say("held.lent")} tabIndex={0}>
          <table className="list dense">
            <thead>
              <tr>
                {["to", "for", "role", "company", "since", "until"].map((column) => (
                  <th key={column} scope="col">
                    {say(`held.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {page.lent.map((line) => (
                <tr key={line.delegationId}>
                  <th scope="row">{line.toName}</th>
                  <td data-label={say("held.for")}>{line.forName}</td>
                  <td data-label={say("held.role")}>{say(`role.${line.role}`)}</td>
                  <td data-label={say("held.company")}>{placeOf(page, line.entityId)}</td>
                  <td data-label={say("held.since")}>
                    <At instant={line.fromAt} />
                  </td>
                  <td data-label={say("held.until")}>
                    <At instant={line.untilAt} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </section>
  )
}

export default inFrame(Roles)
