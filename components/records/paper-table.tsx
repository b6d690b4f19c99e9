import Link from "next/link"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { lastDayOf } from "@/domain/agreements/rules-of"
import { waitsForTwo, type PaperSeen } from "@/domain/records/by-hand"
import { acceptedOnline } from "@/domain/records/acceptance"
import { valueOf } from "@/domain/core/answer"
import { addDays, type Day } from "@/domain/core/day"
import type { Agreement } from "@/domain/records/agreement"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { termOf } from "@/domain/vocabulary/term"

/** A paper with how it stands; `confirmed`: who looked at one that was signed by hand. */
type Paper = { body: Agreement; standing: string; confirmed?: readonly PaperSeen[] | undefined }
export type PaperLine = Paper & { id: string; href: string }
type State = "unconfirmed" | "in-effect" | "expiring" | "lapsed" | "unsigned" | "undated" | "not-begun" | "ended"

const TONE: Record<State, Tone> = {
  "in-effect": "good",
  expiring: "warn",
  lapsed: "bad",
  unsigned: "bad",
  unconfirmed: "warn",
  undated: "warn",
  "not-begun": "quiet",
  ended: "quiet",
}

/** How a paper stands on a day, in the words of the list of agreements. */
export function paperState({ body, standing, confirmed }: Paper, on: Day): State {
  if (standing === "ended") return "ended"
  const signed =
    acceptedOnline(body) !== null ||
    (["entity", "party"] as const).every((side) =>
      body.signatories.some((one) => one.side === side && one.knownHow !== "stated"),
    )
  if (!signed) return "unsigned"
  if (waitsForTwo(body, confirmed)) return "unconfirmed"
  const effect = valueOf(body.effectOn)
  if (!effect) return "undated"
  if (effect > on) return "not-begun"
  const last = lastDayOf(body)
  if (!last) return "in-effect"
  if (last < on) return "lapsed"
  return last < addDays(on, 90) ? "expiring" : "in-effect"
}

/** The days of a paper in words. */
export function paperDays(body: Agreement): string {
  const effect = valueOf(body.effectOn)
  const last = lastDayOf(body)
  if (!effect) return say("paper.undated")
  return last
    ? say("coverage.range", { from: dayWords(effect), to: dayWords(last) })
    : say("coverage.since", { from: dayWords(effect) })
}

/** A paper's state as a sign. `replaced`: another holds in its place by now, whatever its own days say. */
export function PaperTag({ on, replaced = false, ...paper }: Paper & { on: Day; replaced?: boolean }) {
  const state = paperState(paper, on)
  if (replaced && state !== "ended") return <StatusTag tone="quiet">{say("paper.replaced")}</StatusTag>
  return <StatusTag tone={TONE[state]}>{say(`paper.${state}`)}</StatusTag>
}

/** The papers under which something goes to a party: kind, days, what each covers, and how it stands. */
export function PaperTable({ papers, on }: { papers: readonly PaperLine[]; on: Day }) {
  if (papers.length === 0) return null
  return (
    <section className="card stack" aria-label={say("papers.title")}>
      <h2>{say("papers.title")}</h2>
      <div className="scroll" role="region" aria-label={say("papers.title")} tabIndex={0}>
        <table className="list dense">
          <thead>
            <tr>
              {["papers.paper", "papers.kind", "papers.days", "papers.covers", "column.standing"].map((key) => (
                <th key={key} scope="col">
                  {say(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {papers.map(({ id, body, standing, confirmed, href }) => (
              <tr key={id}>
                <th scope="row">
                  <Link href={href} prefetch={false}>
                    {body.title}
                  </Link>
                </th>
                <td>{termOf(AGREEMENT_KINDS, body.kind)?.label}</td>
                <td>{paperDays(body)}</td>
                <td>{body.covers.length}</td>
                <td>
                  <PaperTag body={body} standing={standing} confirmed={confirmed} on={on} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
