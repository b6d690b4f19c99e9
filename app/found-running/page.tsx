import type { Metadata } from "next"
import Link from "next/link"
import { TakeForms } from "@/components/checks/take-forms"
import { BeginButton } from "@/components/desk/begin-button"
import { DeskList } from "@/components/desk/desk-frame"
import { DueWords, PersonWords } from "@/components/desk/due-words"
import { pathOf } from "@/components/records/record-path"
import { addressOf } from "@/components/table/url-state"
import { DaySwitch } from "@/components/shell/day-switch"
import { StatusTag } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { listFound, type FoundLine } from "@/usecases/desk/list-found"
import { pastOf } from "@/app/clocks"
import { deskFacets, deskState, mayBegin, WHEN } from "@/app/desk-view"
import { inFrame } from "@/app/in-frame"
import { taker } from "@/app/found"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("found.title") }

const PATH = "/found-running"

/** What runs without approval: the longest on record first, each with who answers for it and by when. */
async function FoundRunning({ searchParams }: { searchParams: Words }) {
  const { state, input, clocks } = await deskState(searchParams, ["when", "entity"])
  const scene = await signedIn()
  const page = shown(await listFound(scene, input))
  const facets = deskFacets(page, { when: WHEN, entity: { label: say("desk.entity") } })
  const past = pastOf(addressOf(PATH, { ...state, asOf: "", after: "" }), clocks)
  const filtered = Object.keys(state.filters).length + Object.keys(state.excluded).length > 0
  const acts = !past && mayBegin(scene)
  const columns = [say("found.flow"), say("found.since"), say("found.by"), say("found.owner")]
  return (
    <Frame scene={scene} current={PATH} past={past ? { ...past, other: null } : null}>
      <div className="row between">
        <h1>{say("found.title")}</h1>
        <DaySwitch path={PATH} keep={[]} asOf={clocks.asOf?.slice(0, 10) ?? ""} on={null} />
      </div>
      <p className="lede">
        {page.total || filtered ? say("found.some", { n: page.total, overdue: page.overdue }) : say("found.none")}
      </p>
      {page.total && !past ? (
        <p>
          <Link className="tall" href="/found-running/units" prefetch={false}>
            {say("found.units")}
          </Link>
        </p>
      ) : null}
      {page.total || filtered ? (
        <DeskList
          path={PATH}
          state={state}
          facets={facets}
          caption={say("found.caption")}
          columns={[...columns, ...(acts ? [say("found.do")] : [])]}
          next={page.next}
          empty={page.rows.length === 0}
        >
          {page.rows.map((row) => (
            <tr key={row.recordId}>
              <th scope="row">
                <Link href={pathOf("sharing", row.recordId)} prefetch={false} data-row="">
                  {row.title}
                </Link>
                {row.underDemand ? (
                  <div>
                    <StatusTag tone="found">{say("standing.under-demand")}</StatusTag>
                  </div>
                ) : null}
                <div className="soft small">
                  {[row.partyName, row.entityId ? page.names[row.entityId] : null].filter(Boolean).join(", ")}
                </div>
              </th>
              <td data-label={say("found.since")}>
                <time dateTime={row.sinceOn}>{dayWords(row.sinceOn)}</time>
                {row.startsOn ? (
                  <div className="soft small">{say("found.runs-since", { day: dayWords(row.startsOn) })}</div>
                ) : null}
              </td>
              <td>
                <DueWords when={row.when} dueOn={row.dueOn} />
              </td>
              <td data-label={say("found.owner")}>
                <PersonWords person={row.person} erased={row.erased} />
                {row.ownerId === null ? null : <div className="soft small">{say("found.took")}</div>}
              </td>
              {acts ? (
                <td>
                  <Acts row={row} me={taker(scene, clocks)} />
                </td>
              ) : null}
            </tr>
          ))}
        </DeskList>
      ) : null}
    </Frame>
  )
}

function Acts({ row, me }: { row: FoundLine; me: string | null }) {
  const { recordId, title, ownerId, today } = row
  return (
    <div className="row">
      <BeginButton
        recordId={recordId}
        path="startsOn"
        title={say("found.request-title", { title })}
        says="found.approve"
        label={say("found.approve-of", { title })}
      />
      <Link
        className="button compact"
        href={`/sharings/${recordId}/ending`}
        aria-label={say("found.end-of", { title })}
        prefetch={false}
      >
        {say("ending.link-end")}
      </Link>
      {me === null ? null : (
        <TakeForms
          {...{ recordId, title, ownerId, me, today, id: "found", clause: "found-running" }}
          says={say("found.running")}
        />
      )}
    </div>
  )
}

export default inFrame(FoundRunning)
