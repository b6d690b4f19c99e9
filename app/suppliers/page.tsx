import type { Metadata } from "next"
import Link from "next/link"
import { BeginButton } from "@/components/desk/begin-button"
import { ListDesk } from "@/components/desk/list-desk"
import { RefusedNotice, Notice } from "@/components/ui/notice"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { countryName } from "@/domain/core/country-name"
import { mayAct } from "@/domain/people/permissions"
import { listSuppliers, type SuppliersPage } from "@/usecases/desk/list-suppliers"
import { kept } from "@/usecases/people/kept"
import { listReconciliations } from "@/usecases/reconcile/reconciliations"
import { mayBegin } from "@/app/desk-view"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("suppliers.title") }

const DECISIONS = ["receives-data", "no-personal-data", "undecided"] as const
const TONE: Record<string, Tone> = { "receives-data": "review", "no-personal-data": "good", undecided: "warn" }

async function Suppliers({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const decision = DECISIONS.find((known) => known === one(words, "decision")) ?? null
  const q = one(words, "q").slice(0, 200)
  const page = shown(await listSuppliers(scene, { decision, q, after: one(words, "after").slice(0, 1200) }))
  const { sums } = page
  const all = DECISIONS.reduce((sum, known) => sum + sums[known], 0)
  const lists = mayAct("import.make", scene.actor).ok
    ? shown(await listReconciliations(scene, { before: one(words, "before").slice(0, 80) }))
    : null
  const typed = lists ? await kept(scene, "/suppliers") : null
  return (
    <Frame scene={scene} current="/suppliers">
      <div className="row between">
        <h1>{say("suppliers.title")}</h1>
        {lists && all ? (
          <a className="button compact" href="#reconcile">
            {say("reconcile.title")}
          </a>
        ) : null}
      </div>
      <p className="lede">
        {all === 0
          ? say("suppliers.none")
          : say("suppliers.some", {
              ...{ n: all, yes: sums["receives-data"], no: sums["no-personal-data"], open: sums.undecided },
            })}
      </p>
      {page.overdue ? (
        <Notice tone="warn">
          <p>
            {say("suppliers.overdue", { n: page.overdue })}{" "}
            <Link href="/reviews?f.kind=no-personal-data" prefetch={false}>
              {say("reviews.title")}
            </Link>
          </p>
        </Notice>
      ) : null}
      <RefusedNotice words={words} />
      {all ? <Table page={page} decision={decision} q={q} acts={mayBegin(scene)} all={all} /> : null}
      {lists ? <ListDesk lists={lists.lists} next={lists.next} typed={typed?.input ?? null} /> : null}
    </Frame>
  )
}

function address(words: Record<string, string | null>): string {
  const said = new URLSearchParams(Object.entries(words).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return said.size ? `/suppliers?${said}` : "/suppliers"
}

type TableProps = { page: SuppliersPage; decision: string | null; q: string; acts: boolean; all: number }

function Table({ page, decision, q, acts, all }: TableProps) {
  return (
    <section className="card stack">
      <nav className="tabs" aria-label={say("suppliers.decision")}>
        {[null, ...DECISIONS].map((known) => (
          <Link
            key={known ?? "all"}
            href={address({ decision: known, q })}
            aria-current={known === decision ? "page" : undefined}
            prefetch={false}
          >
            {say(`suppliers.${known ?? "all"}`)} {known ? page.sums[known] : all}
          </Link>
        ))}
      </nav>
      <form className="row" action="/suppliers" role="search" aria-label={say("suppliers.search")}>
        {decision ? <input type="hidden" name="decision" value={decision} /> : null}
        <div className="shell-search">
          <input
            type="search"
            name="q"
            defaultValue={q}
            aria-label={say("suppliers.search")}
            placeholder={say("suppliers.search")}
          />
        </div>
        <button type="submit">{say("list.go")}</button>
      </form>
      {page.rows.length === 0 ? (
        <p className="soft">{say("suppliers.nothing")}</p>
      ) : (
        <div className="scroll" role="region" aria-label={say("suppliers.caption")} tabIndex={0}>
          <table className="list">
            <caption>{say("suppliers.caption")}</caption>
            <thead>
              <tr>
                {["name", "decision", "review", "flows", ...(acts ? ["decide"] : [])].map((column) => (
                  <th key={column} scope="col">
                    {say(`suppliers.${column}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {page.rows.map((row) => (
                <tr key={row.id}>
                  <th scope="row">
                    <Link href={`/parties/${row.id}`} prefetch={false} data-row="">
                      {row.title}
                    </Link>
                    {row.country ? <div className="soft small">{countryName(row.country)}</div> : null}
                  </th>
                  <td>
                    <StatusTag tone={TONE[row.decision] ?? "quiet"}>{say(`suppliers.${row.decision}`)}</StatusTag>
                  </td>
                  <td>
                    <Review row={row} today={page.today} />
                  </td>
                  <td data-label={say("suppliers.flows")}>{row.sharings}</td>
                  {acts ? <Decide row={row} /> : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {page.next ? (
        <p>
          <Link className="button" href={address({ decision, q, after: page.next })} prefetch={false}>
            {say("list.more")}
          </Link>
        </p>
      ) : null}
    </section>
  )
}

type Row = SuppliersPage["rows"][number]

function Review({ row, today }: { row: Row; today: string }) {
  if (row.decision !== "no-personal-data") return null
  if (!row.reviewOn) return <StatusTag tone="warn">{say("suppliers.no-review")}</StatusTag>
  if (row.reviewOn < today)
    return <StatusTag tone="bad">{say("suppliers.was-due", { day: dayWords(row.reviewOn) })}</StatusTag>
  return <time dateTime={row.reviewOn}>{dayWords(row.reviewOn)}</time>
}

function Decide({ row }: { row: Row }) {
  if (row.decision === "receives-data") return <td />
  const says = row.decision === "undecided" ? "suppliers.decide" : "suppliers.look-again"
  return (
    <td>
      <BeginButton
        recordId={row.id}
        path={row.decision === "undecided" ? "dataDecision" : "noDataReviewOn"}
        title={say("suppliers.decide-title", { name: row.title })}
        says={says}
        label={say(`${says}-for`, { name: row.title })}
      />
    </td>
  )
}

export default inFrame(Suppliers)
