import type { Metadata } from "next"
import Link from "next/link"
import { On } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { foundByUnit } from "@/usecases/intake/found-by-unit"
import { inFrame } from "@/app/in-frame"
import { Frame, rolesOf, shown, signedIn } from "@/app/page-frame"

export const metadata: Metadata = { title: say("units.title") }

/** What runs without approval, counted by company and department. It never reads as a permission. */
async function Found() {
  const scene = await signedIn()
  const units = shown(await foundByUnit(scene, {}))
  const open = units.reduce((sum, unit) => sum + unit.open, 0)
  const works = rolesOf(scene).some((role) => ["requester", "procurement", "legal", "dpo"].includes(role))
  return (
    <Frame scene={scene} current="/found-running">
      <div className="row between">
        <h1>{say("units.title")}</h1>
        {works ? (
          <Link className="button" href="/requests/new?begin=running" prefetch={false}>
            {say("units.record")}
          </Link>
        ) : null}
      </div>
      <p className="lede">{open ? say("units.lede", { n: open }) : say("units.lede-none")}</p>
      {units.length ? (
        <div className="card scroll" role="region" aria-label={say("units.title")} tabIndex={0}>
          <table className="list">
            <caption>{say("units.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{say("units.entity")}</th>
                <th scope="col">{say("units.department")}</th>
                <th scope="col">{say("units.open")}</th>
                <th scope="col">{say("units.overdue")}</th>
                <th scope="col">{say("units.demanded")}</th>
                <th scope="col">{say("units.oldest")}</th>
              </tr>
            </thead>
            <tbody>
              {units.map((unit) => (
                <tr key={unit.entityId}>
                  <th scope="row">{unit.entity}</th>
                  <td data-label={say("units.department")}>{unit.department}</td>
                  <td data-label={say("units.open")}>
                    <Link
                      className="tall"
                      href={`/sharings?f.entity=${unit.entityId}&f.standing=discovered`}
                      prefetch={false}
                    >
                      {unit.open}
                    </Link>
                  </td>
                  <td data-label={say("units.overdue")}>{unit.overdue}</td>
                  <td data-label={say("units.demanded")}>{unit.demanded}</td>
                  <td data-label={say("units.oldest")}>
                    <On day={unit.oldest} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Frame>
  )
}

export default inFrame(Found)
