import type { Metadata } from "next"
import Link from "next/link"
import { StatusTag } from "@/components/ui/status-tag"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { termOf } from "@/domain/vocabulary/term"
import { listTemplates, type TemplatesPage } from "@/usecases/templates/read-templates"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("template.title") }

/** Our own templates of papers, by name. */
async function Templates({ searchParams }: { searchParams: Words }) {
  const scene = await signedIn()
  const asked = one(await searchParams, "page")
  const found = shown(await listTemplates(scene, { page: /^[1-9]\d{0,3}$/.test(asked) ? asked : "1" }))
  return (
    <Frame scene={scene} current="/templates">
      <div className="row between">
        <h1>{say("template.title")}</h1>
        {mayAct("template.propose", scene.actor).ok ? (
          <Link className="button primary" href="/templates/new" prefetch={false}>
            {say("template.new")}
          </Link>
        ) : null}
      </div>
      <p className="lede">{say("template.lede")}</p>
      {found.lines.length === 0 ? <p className="soft">{say("template.none")}</p> : <List {...found} />}
    </Frame>
  )
}

function List({ lines, page, more }: TemplatesPage) {
  return (
    <section className="card">
      <div className="scroll" role="region" aria-label={say("template.list")} tabIndex={0}>
        <table className="list">
          <caption>{say("template.list")}</caption>
          <thead>
            <tr>
              <th scope="col">{say("template.name")}</th>
              <th scope="col">{say("template.kind")}</th>
              <th scope="col">{say("template.state")}</th>
              <th scope="col">{say("template.papers")}</th>
              <th scope="col">{say("template.changed")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.id}>
                <th scope="row">
                  <Link href={`/templates/${line.id}`} prefetch={false} data-row={line.id}>
                    {line.title}
                  </Link>
                </th>
                <td data-label={say("template.kind")}>{termOf(AGREEMENT_KINDS, line.kind)?.label}</td>
                <td data-label={say("template.state")}>
                  <StatusTag tone={line.retired ? "quiet" : line.inForce ? "good" : "quiet"}>
                    {line.retired
                      ? say("template.state.retired")
                      : line.inForce
                        ? say("template.state.in-force", { n: line.inForce })
                        : say("template.state.none")}
                  </StatusTag>
                  {line.verdict === null ? (
                    <div className="small">{say("template.state.waiting", { n: line.n })}</div>
                  ) : null}
                </td>
                <td data-label={say("template.papers")}>{line.papers}</td>
                <td data-label={say("template.changed")}>
                  {line.byName}, <At instant={line.at} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <nav className="row" aria-label={say("template.list")}>
        {page > 1 ? (
          <Link className="button compact" href={`/templates?page=${page - 1}`} prefetch={false}>
            {say("template.page-before")}
          </Link>
        ) : null}
        {more ? (
          <Link className="button compact" href={`/templates?page=${page + 1}`} prefetch={false}>
            {say("template.page-next")}
          </Link>
        ) : null}
      </nav>
    </section>
  )
}

export default inFrame(Templates)
