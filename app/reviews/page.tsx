import type { Metadata } from "next"
import Link from "next/link"
import { BeginButton } from "@/components/desk/begin-button"
import { DeskList } from "@/components/desk/desk-frame"
import { DueWords, PersonWords } from "@/components/desk/due-words"
import { reviewWords, whyThen } from "@/components/desk/review-words"
import { addressOf } from "@/components/table/url-state"
import { say } from "@/components/words/catalogue"
import { REVIEW_CLAUSE } from "@/domain/reviews/dues"
import { listReviews } from "@/usecases/desk/list-reviews"
import { pastOf } from "@/app/clocks"
import { deskFacets, deskState, mayBegin, WHEN } from "@/app/desk-view"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { pathOf } from "@/components/records/record-path"

export const metadata: Metadata = { title: say("reviews.title") }

const PATH = "/reviews"

async function Reviews({ searchParams }: { searchParams: Words }) {
  const { state, input, clocks } = await deskState(searchParams, ["when", "kind", "entity", "owner"])
  const scene = await signedIn()
  const page = shown(await listReviews(scene, input))
  const facets = deskFacets(page, {
    when: WHEN,
    kind: { label: say("reviews.kind"), labelOf: (value) => say(`reviews.kind.${value}`) },
    entity: { label: say("desk.entity") },
    owner: { label: say("reviews.owner") },
  })
  const past = pastOf(addressOf(PATH, { ...state, asOf: "", after: "" }), clocks)
  const filtered = Object.keys(state.filters).length + Object.keys(state.excluded).length > 0
  const acts = !past && mayBegin(scene)
  const columns = [say("reviews.what"), say("desk.when"), say("reviews.owner")]
  return (
    <Frame scene={scene} current={PATH} past={past ? { ...past, other: null } : null}>
      <h1>{say("reviews.title")}</h1>
      <p className="lede">
        {page.total || filtered ? say("reviews.some", { n: page.total, overdue: page.overdue }) : say("reviews.none")}
      </p>
      {page.total || filtered ? (
        <DeskList
          path={PATH}
          state={state}
          facets={facets}
          caption={say("reviews.caption")}
          columns={[...columns, ...(acts ? [say("reviews.do")] : [])]}
          next={page.next}
          empty={page.rows.length === 0}
        >
          {page.rows.map((row) => {
            const what = reviewWords(row)
            return (
              <tr key={`${row.recordId}${row.kind}${row.path}`}>
                <th scope="row">
                  {what}
                  <div className="small">
                    <Link href={pathOf(row.recordKind, row.recordId)} prefetch={false} data-row="">
                      {row.title}
                    </Link>{" "}
                    <span className="soft">
                      {[row.partyName, row.entityId ? page.names[row.entityId] : null, REVIEW_CLAUSE[row.kind]]
                        .filter(Boolean)
                        .join(", ")}
                    </span>
                  </div>
                  <div className="soft small">{whyThen(row)}</div>
                </th>
                <td>
                  <DueWords when={row.when} dueOn={row.dueOn} />
                </td>
                <td data-label={say("reviews.owner")}>
                  <PersonWords person={row.person} erased={row.erased} />
                </td>
                {acts ? (
                  <td>
                    {row.kind === "deletion" ? (
                      <ProveLink id={row.recordId} title={row.title} />
                    ) : (
                      <BeginButton
                        recordId={row.recordId}
                        path={row.path}
                        renew={row.recordKind === "assessment"}
                        title={say("reviews.request-title", { kind: what, title: row.title })}
                        says="reviews.do"
                        label={say("reviews.do-for", { kind: what, title: row.title })}
                      />
                    )}
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

/** What became of the data after an end has a form of its own. */
function ProveLink({ id, title }: { id: string; title: string }) {
  return (
    <Link
      className="button compact nowrap"
      href={`/sharings/${id}/ending`}
      aria-label={say("reviews.prove-for", { title })}
      prefetch={false}
    >
      {say("reviews.prove")}
    </Link>
  )
}

export default inFrame(Reviews)
