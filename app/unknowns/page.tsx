import type { Metadata } from "next"
import Link from "next/link"
import { BeginButton } from "@/components/desk/begin-button"
import { DeskList } from "@/components/desk/desk-frame"
import { DueWords, PersonWords } from "@/components/desk/due-words"
import { formAddress } from "@/components/records/form-address"
import { placeWords } from "@/components/records/form-place"
import { addressOf } from "@/components/table/url-state"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { listUnknowns, type MineUnknown } from "@/usecases/desk/list-unknowns"
import { pastOf } from "@/app/clocks"
import { deskFacets, deskState, mayBegin, WHEN } from "@/app/desk-view"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { pathOf } from "@/components/records/record-path"

export const metadata: Metadata = { title: say("unknowns.title") }

const PATH = "/unknowns"

async function Unknowns({ searchParams }: { searchParams: Words }) {
  const { state, input, clocks } = await deskState(searchParams, ["when", "record", "entity", "asked"])
  const scene = await signedIn()
  const page = shown(await listUnknowns(scene, input))
  const facets = deskFacets(page, {
    when: WHEN,
    record: { label: say("desk.record"), labelOf: (value) => say(`kind.${value}`) },
    entity: { label: say("desk.entity") },
    asked: { label: say("unknowns.asked") },
  })
  const past = pastOf(addressOf(PATH, { ...state, asOf: "", after: "" }), clocks)
  const filtered = Object.keys(state.filters).length + Object.keys(state.excluded).length > 0
  const acts = !past && mayBegin(scene)
  const columns = ["question", "asked"].map((column) => say(`unknowns.${column}`))
  return (
    <Frame scene={scene} current={PATH} past={past ? { ...past, other: null } : null}>
      <h1>{say("unknowns.title")}</h1>
      <p className="lede">
        {page.total || filtered ? say("unknowns.some", { n: page.total, overdue: page.overdue }) : say("unknowns.none")}
      </p>
      {page.mine.length ? <Mine lines={page.mine} more={page.mineMore} /> : null}
      {page.total || filtered ? (
        <DeskList
          path={PATH}
          state={state}
          facets={facets}
          caption={say("unknowns.caption")}
          columns={[...columns, say("desk.when"), ...(acts ? [say("unknowns.answer")] : [])]}
          next={page.next}
          empty={page.rows.length === 0}
        >
          {page.rows.map((row) => {
            const question = placeWords(row.recordKind, row.path)
            return (
              <tr key={`${row.recordId}${row.path}`}>
                <th scope="row">
                  {question}
                  <div className="small">
                    <Link href={pathOf(row.recordKind, row.recordId)} prefetch={false} data-row="">
                      {row.title}
                    </Link>{" "}
                    <span className="soft">
                      {[say(`kind.${row.recordKind}`), row.partyName, row.entityId ? page.names[row.entityId] : null]
                        .filter(Boolean)
                        .join(", ")}
                    </span>
                  </div>
                </th>
                <td data-label={say("unknowns.asked")}>
                  <PersonWords person={row.person} erased={row.erased} />
                </td>
                <td>
                  <DueWords when={row.when} dueOn={row.dueOn} />
                </td>
                {acts ? (
                  <td>
                    <BeginButton
                      recordId={row.recordId}
                      path={row.path}
                      title={say("unknowns.request-title", { title: row.title, question })}
                      says="unknowns.answer"
                      label={say("unknowns.answer-for", { question, title: row.title })}
                    />
                  </td>
                ) : null}
              </tr>
            )
          })}
        </DeskList>
      ) : null}
    </Frame>
  )
}

function Mine({ lines, more }: { lines: readonly MineUnknown[]; more: boolean }) {
  return (
    <section className="card stack" aria-labelledby="mine">
      <h2 id="mine">{say("unknowns.mine")}</h2>
      <ul className="plain-list stack">
        {lines.map((line) => {
          const to = line.editable
            ? formAddress(line.requestId, line.recordId, line.path)
            : `/requests/${line.requestId}`
          const words = [line.asked, line.dueOn ? say("desk.due", { day: dayWords(line.dueOn) }) : null]
          return (
            <li key={`${line.requestId}${line.recordId}${line.path}`}>
              <Link className="tall" href={to} prefetch={false}>
                {placeWords(line.recordKind, line.path)}
              </Link>{" "}
              <span className="soft small">{[line.title, `R-${line.no}`, ...words].filter(Boolean).join(", ")}</span>
            </li>
          )
        })}
      </ul>
      {more ? <p className="soft small">{say("unknowns.mine-more")}</p> : null}
    </section>
  )
}

export default inFrame(Unknowns)
