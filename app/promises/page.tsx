import type { Metadata } from "next"
import Link from "next/link"
import { BoardTable } from "@/components/promises/board-table"
import { Trend } from "@/components/promises/trend"
import { DaySwitch } from "@/components/shell/day-switch"
import { Notice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { unknownCounts } from "@/usecases/desk/list-unknowns"
import { readBoard, type Board } from "@/usecases/promises/read-board"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("promises.title") }

const HERE = "/promises"

async function PromiseBoard({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const clocks = clocksOf(one(words, "as-of"), one(words, "on"))
  const board = shown(
    await readBoard(scene, { entityId: one(words, "company") || null, asOf: clocks.asOf, on: clocks.on }),
  )
  const open = await unknownCounts(scene, { entityId: one(words, "company") || null, asOf: clocks.asOf })
  const packs = Object.keys(board.sums)
  const pack = packs.find((known) => known === one(words, "pack")) ?? packs[0] ?? "statement"
  const address = (over: { pack?: string; company?: string }): string =>
    addressOf({ pack, company: board.entityId ?? "", ...over })
  return (
    <Frame scene={scene} current={HERE} past={pastOf(address({}), clocks)}>
      <div className="row between">
        <h1>{say("promises.title")}</h1>
        <div className="row">
          <DaySwitch
            path={HERE}
            keep={[["pack", pack], ...(board.entityId ? ([["company", board.entityId]] as [string, string][]) : [])]}
            asOf={clocks.asOf?.slice(0, 10) ?? ""}
            on={clocks.on ?? ""}
          />
          <a
            className="button compact"
            href={withClocks(address({}).replace(HERE, "/api/v1/promises.csv"), clocks)}
            download
          >
            {say("promises.csv")}
          </a>
        </div>
      </div>
      <p className="lede">{sentence(board, pack)}</p>
      {open.ok ? <OpenAnswers {...open.value} href={withClocks(openAddress(board.entityId), clocks)} /> : null}
      {board.waiting ? (
        <Notice>
          <p>{say("promises.waiting")}</p>
        </Notice>
      ) : null}
      <nav className="tabs" aria-label={say("promises.packs")}>
        {packs.map((known) => (
          <Link
            key={known}
            href={withClocks(address({ pack: known }), clocks)}
            aria-current={known === pack ? "page" : undefined}
            prefetch={false}
          >
            {say(`pack.${known}`)} {board.sums[known]?.["not-evidenced"] || ""}
          </Link>
        ))}
      </nav>
      <div className="row between">
        {board.companies.length > 1 ? (
          <Companies board={board} to={(company) => withClocks(address({ company }), clocks)} />
        ) : (
          <span />
        )}
        <span className="row">
          <Link href="/promises/own" prefetch={false}>
            {say("own.title")}
          </Link>
          <Link href={`/promises/packs/${pack}`} prefetch={false}>
            {say("promises.read-pack")}
          </Link>
        </span>
      </div>
      <BoardTable rows={board.lines.filter((line) => line.pack === pack)} at={(path) => withClocks(path, clocks)} />
      <Trend
        title={say("promises.trend")}
        lede={say("promises.trend-lede")}
        points={board.trend
          .filter(({ on }) => board.since !== null && on >= board.since.slice(0, 10))
          .map(({ on, sums }) => ({ on, n: sums[pack]?.["not-evidenced"] ?? 0 }))}
      />
    </Frame>
  )
}

const openAddress = (company: string | null): string =>
  `/unknowns${company ? `?f.entity=${encodeURIComponent(company)}` : ""}`

/** What nobody knows yet, counted beside what is kept and what is broken. */
function OpenAnswers({ answers, overdue, href }: { answers: number; overdue: number; href: string }) {
  return (
    <p>
      {answers === 0 ? (
        say("promises.open-none")
      ) : (
        <Link className="tall" href={href} prefetch={false}>
          {say(overdue > 0 ? "promises.open-overdue" : "promises.open", { n: answers, overdue })}
        </Link>
      )}
    </p>
  )
}

function addressOf({ pack, company }: { pack: string; company: string }): string {
  return `${HERE}?${new URLSearchParams([["pack", pack], ...(company ? [["company", company]] : [])])}`
}

function sentence(board: Board, pack: string): string {
  const sum = board.sums[pack]
  const words = { pack: say(`pack.${pack}`), day: dayWords(board.today) }
  if (!sum || sum.evidenced + sum.unknown + sum["not-evidenced"] === 0) return say("promises.sum-none", words)
  if (sum.unknown + sum["not-evidenced"] === 0) return say("promises.sum-good", { ...words, e: sum.evidenced })
  return say("promises.sum", { ...words, n: sum["not-evidenced"], u: sum.unknown, e: sum.evidenced })
}

function Companies({ board, to }: { board: Board; to: (company: string) => string }) {
  return (
    <nav className="row small" aria-label={say("promises.company")}>
      <span className="soft">{say("promises.company")}</span>
      {[{ id: "", name: say("promises.all-companies") }, ...board.companies].map((company) => (
        <Link
          key={company.id}
          className="tall"
          href={to(company.id)}
          aria-current={company.id === (board.entityId ?? "") ? "true" : undefined}
          prefetch={false}
        >
          {company.name}
        </Link>
      ))}
    </nav>
  )
}

export default inFrame(PromiseBoard)
