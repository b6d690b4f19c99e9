import type { Metadata } from "next"
import Link from "next/link"
import { BeginButton } from "@/components/desk/begin-button"
import { DeskList } from "@/components/desk/desk-frame"
import { DueWords, PersonWords } from "@/components/desk/due-words"
import { LoadPicture } from "@/components/renewals/load-picture"
import { Steps } from "@/components/renewals/steps"
import { addressOf } from "@/components/table/url-state"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { OBLIGATIONS } from "@/domain/vocabulary/obligations"
import { termOf } from "@/domain/vocabulary/term"
import { listRenewals, MONTHS_AHEAD, type RenewalLine } from "@/usecases/renewals/list-renewals"
import { pastOf } from "@/app/clocks"
import { deskFacets, deskState, mayBegin, WHEN } from "@/app/desk-view"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("renewals.title") }

const PATH = "/renewals"

async function Renewals({ searchParams }: { searchParams: Words }) {
  const { state, input, clocks } = await deskState(searchParams, ["when", "kind", "entity", "owner"])
  const scene = await signedIn()
  const page = shown(await listRenewals(scene, input))
  const people = new Map((page.facets.owner ?? []).map((one) => [one.value, one.label ?? one.value]))
  const facets = deskFacets(page, {
    when: WHEN,
    kind: { label: say("renewals.kind"), labelOf: (value) => say(`renewals.kind.${value}`) },
    entity: { label: say("desk.entity") },
    owner: {
      label: say("renewals.owner"),
      labelOf: (value) => (value === "nobody" ? say("renewals.nobody") : (people.get(value) ?? value)),
    },
  })
  const past = pastOf(addressOf(PATH, { ...state, asOf: "", after: "" }), clocks)
  const filtered = Object.keys(state.filters).length + Object.keys(state.excluded).length > 0
  const acts = !past && mayBegin(scene)
  const columns = [say("renewals.what"), say("desk.when"), say("renewals.owner")]
  return (
    <Frame scene={scene} current={PATH} past={past ? { ...past, other: null } : null}>
      <h1>{say("renewals.title")}</h1>
      <p className="lede">
        {page.total || filtered ? say("renewals.some", { n: page.total, overdue: page.overdue }) : say("renewals.none")}
      </p>
      {page.total || filtered ? (
        <>
          <LoadPicture from={page.from} months={MONTHS_AHEAD} counts={page.months} />
          <DeskList
            path={PATH}
            state={state}
            facets={facets}
            caption={say("renewals.caption")}
            columns={[...columns, ...(acts ? [say("reviews.do")] : [])]}
            next={page.next}
            empty={page.rows.length === 0}
            lead
          >
            {page.rows.map((row) => (
              <tr key={`${row.recordId}${row.kind}${row.path}`}>
                <th scope="row">
                  {whatWords(row)}
                  <div className="small">
                    <Link href={`/agreements/${row.recordId}`} prefetch={false} data-row="">
                      {row.title}
                    </Link>{" "}
                    <span className="soft">
                      {[row.partyName, row.entityId ? page.names[row.entityId] : null].filter(Boolean).join(", ")}
                    </span>
                  </div>
                  <Why row={row} />
                </th>
                <td>
                  <DueWords when={row.when} dueOn={row.dueOn} />
                </td>
                <td data-label={say("renewals.owner")}>
                  {row.person === null && !row.erased ? (
                    <span className="soft">{say("renewals.nobody")}</span>
                  ) : (
                    <PersonWords person={row.person} erased={row.erased} />
                  )}
                </td>
                {acts ? (
                  <td>
                    <Act row={row} />
                  </td>
                ) : null}
              </tr>
            ))}
          </DeskList>
        </>
      ) : null}
    </Frame>
  )
}

/** What is due: the day of a term, or what an obligation asks for in the paper's own words. */
function whatWords(row: RenewalLine): string {
  if (row.kind !== "obligation") return say(`renewals.kind.${row.kind}`)
  const kind = termOf(OBLIGATIONS, row.about ?? "")?.label ?? say("renewals.kind.obligation")
  return row.says ? say("renewals.of", { kind, what: row.says }) : kind
}

function Why({ row }: { row: RenewalLine }) {
  if (row.kind === "obligation")
    return (
      <div className="soft small">
        {say(`renewals.${row.rule}`, {
          from: row.sinceOn ? dayWords(row.sinceOn) : "",
          due: row.dueOn ? dayWords(row.dueOn) : "",
          n: row.length ?? 0,
        })}
      </div>
    )
  return (
    <>
      {row.rule === "ends-over" ? <div className="soft small">{say("renewals.over")}</div> : null}
      {row.steps.length ? (
        <details className="small">
          <summary className="more">{say("renewals.how")}</summary>
          <Steps steps={row.steps} />
        </details>
      ) : null}
    </>
  )
}

/** A term is decided on a page of its own, that shows first what stands on it; an obligation is said to be done. */
function Act({ row }: { row: RenewalLine }) {
  if (row.kind === "obligation")
    return (
      <BeginButton
        recordId={row.recordId}
        path={row.path}
        title={say("renewals.done-title", { what: whatWords(row), title: row.title })}
        says="renewals.done"
        label={say("renewals.done-for", { what: whatWords(row), title: row.title })}
      />
    )
  return (
    <Link
      className="button compact nowrap"
      href={`${PATH}/${row.recordId}`}
      aria-label={say("renewals.do-for", { title: row.title })}
      prefetch={false}
    >
      {say("renewals.do")}
    </Link>
  )
}

export default inFrame(Renewals)
