import type { Metadata } from "next"
import Link from "next/link"
import { AnnouncementCard } from "@/components/announcements/announcement-card"
import { AnnouncementForm } from "@/components/announcements/announcement-form"
import { SendFile } from "@/components/ui/send-file"
import { RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { mayAct } from "@/domain/people/permissions"
import { titleOf } from "@/domain/records/project"
import { listAnnouncements } from "@/usecases/announcements/list-announcements"
import { heldFiles } from "@/usecases/files/held"
import { kept } from "@/usecases/people/kept"
import { readRecord } from "@/usecases/register/read-record"
import { DaySwitch } from "@/components/shell/day-switch"
import { clocksOf, pastOf, withClocks } from "@/app/clocks"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"

export const metadata: Metadata = { title: say("announced.title") }

const SHOWS = ["open", "answered", "all"] as const

/** What parties announced of their sub-processors: what waits for an answer first, each with its clock. */
async function Announcements({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const partyId = one(words, "party") || null
  const show = SHOWS.find((known) => known === one(words, "show")) ?? (partyId ? "all" : "open")
  const clocks = clocksOf(one(words, "as-of").slice(0, 40), "")
  const after = one(words, "after").slice(0, 80)
  const page = shown(await listAnnouncements(scene, { show, partyId, after, asOf: clocks.asOf }))
  const works = clocks.asOf === null && mayAct("announcement.record", scene.actor).ok
  const party = partyId && works ? await readRecord(scene, { id: partyId }) : null
  const before = typeof words.refused === "string" ? await kept(scene, "/announcements") : null
  // One page, many forms: what was typed and what is wrong stand in the form that was sent.
  const answered = before?.input?.id
  const form = (id: string | undefined) => ({
    typed: (name: string): string => {
      const value = answered === id ? before?.input?.[name] : undefined
      return typeof value === "string" ? value : ""
    },
    wrong: (name: string): string | null =>
      (answered === id && before?.refusal?.fields?.find((field) => field.path === name)?.says) || null,
  })
  const ofParty: [string, string][] = partyId ? [["party", partyId]] : []
  const to = (more: Record<string, string>): string =>
    withClocks(`/announcements?${new URLSearchParams([...ofParty, ...Object.entries(more)])}`, clocks)
  const past = pastOf(`/announcements?${new URLSearchParams([...ofParty, ["show", show]])}`, clocks)
  const record = party?.ok && party.value.record.kind === "party" ? party.value.record : null
  const held = await heldFiles(
    scene,
    page.lines.flatMap((line) => [line.fileId, line.letterId]),
  )
  return (
    <Frame scene={scene} current="/announcements" past={past ? { ...past, other: null } : null}>
      <div className="row between">
        <h1>{say("announced.title")}</h1>
        <DaySwitch
          path="/announcements"
          keep={[...ofParty, ["show", show]]}
          asOf={clocks.asOf?.slice(0, 10) ?? ""}
          on={null}
        />
      </div>
      <p className="lede">{ledeOf(page.open, past !== null)}</p>
      <RefusedNotice words={words} />
      <nav className="row" aria-label={say("announced.show")}>
        {SHOWS.map((known) => (
          <Link
            key={known}
            className={known === show ? "chip" : "button compact"}
            href={to({ show: known })}
            aria-current={known === show ? "page" : undefined}
            prefetch={false}
          >
            {say(`announced.show.${known}`)}
          </Link>
        ))}
      </nav>
      {page.lines.length ? (
        page.lines.map((line) => (
          <AnnouncementCard key={line.id} {...{ line, works, held, files: page.files }} {...form(line.id)} />
        ))
      ) : (
        <p className="soft">{say("announced.nothing")}</p>
      )}
      {page.next ? (
        <Link className="button" href={to({ show, after: page.next })} prefetch={false}>
          {say("list.more")}
        </Link>
      ) : null}
      {record && record.standing !== "ended" ? (
        <AnnouncementForm
          party={{ id: record.id, name: titleOf("party", record.body) }}
          {...{ entities: page.entities, files: page.files }}
          {...form(undefined)}
        />
      ) : works ? (
        <p className="soft">{say("announced.from-party")}</p>
      ) : null}
      {works ? <SendFile what="letter" /> : null}
    </Frame>
  )
}

function ledeOf(open: number, past: boolean): string {
  if (open === 0) return say(past ? "announced.none-then" : "announced.none")
  return say(past ? "announced.some-then" : "announced.some", { n: open })
}

export default inFrame(Announcements)
