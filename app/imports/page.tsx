import type { Metadata } from "next"
import Link from "next/link"
import { ImportState } from "@/components/imports/import-state"
import { SelectField } from "@/components/ui/field"
import { Notice } from "@/components/ui/notice"
import { At } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { listImports } from "@/usecases/imports/read-import"
import { listEntities } from "@/usecases/people/entities"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("imports.title") }

async function Imports({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const page = shown(await listImports(scene, { before: one(words, "before").slice(0, 80) }))
  const entities = shown(await listEntities(scene, {}))
  const refused = one(words, "refused")
  const params = Object.fromEntries(
    Object.keys(words).flatMap((name) => (name.startsWith("p.") ? [[name.slice(2), one(words, name)]] : [])),
  )
  return (
    <Frame scene={scene} current="/imports">
      <h1>{say("imports.title")}</h1>
      <p className="lede soft">{say("imports.lede")}</p>
      {refused ? (
        <Notice tone="bad">
          <p id="refused">{say(refused, params)}</p>
        </Notice>
      ) : null}
      <form className="card stack" method="post" action="/api/v1/imports" encType="multipart/form-data">
        <div className="field">
          <label htmlFor="file">{say("imports.file")}</label>
          <span className="help" id="file-help">
            {say("imports.file-help")}
          </span>
          <input
            id="file"
            type="file"
            name="file"
            required
            aria-describedby="file-help"
            accept=".csv,.txt,.xlsx,.json,.ndjson,.jsonl"
          />
        </div>
        <SelectField
          name="entityId"
          label={say("imports.entity")}
          options={entities.map((line) => ({ value: line.id, label: line.entity.legalName }))}
        />
        <button className="primary" type="submit">
          {say("imports.open")}
        </button>
      </form>
      <section className="card stack" aria-labelledby="earlier">
        <h2 id="earlier">{say("imports.earlier")}</h2>
        {page.imports.length === 0 ? <p className="soft">{say("imports.none")}</p> : null}
        {page.imports.length ? (
          <div className="scroll" role="region" aria-label={say("imports.earlier")} tabIndex={0}>
            <table className="list">
              <thead>
                <tr>
                  {["name", "by", "at", "rows", "state"].map((column) => (
                    <th key={column} scope="col">
                      {say(`imports.column.${column}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {page.imports.map((item) => (
                  <tr key={item.id}>
                    <th scope="row">
                      <Link href={`/imports/${item.id}`} prefetch={false}>
                        {item.name}
                      </Link>
                    </th>
                    <td>{page.names[item.byPerson]}</td>
                    <td>
                      <At instant={item.at} />
                    </td>
                    <td>{say("imports.counted", { valid: item.counts.valid, invalid: item.counts.invalid })}</td>
                    <td>
                      <ImportState state={item.state} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : null}
        {page.next ? (
          <Link className="button" href={`/imports?${new URLSearchParams({ before: page.next })}`} prefetch={false}>
            {say("list.more")}
          </Link>
        ) : null}
      </section>
    </Frame>
  )
}

export default inFrame(Imports)
