import { changeWords } from "@/components/announcements/change-words"
import { say } from "@/components/words/catalogue"
import type { Day } from "@/domain/core/day"
import type { AnnouncementLine } from "@/domain/announcements/line"
import { listAnnouncements } from "@/usecases/announcements/list-announcements"
import { listFound } from "@/usecases/desk/list-found"
import { listAway } from "@/usecases/people/list-away"
import { listRecords } from "@/usecases/register/list-records"
import { readRules } from "@/usecases/requests/stage-rules"
import type { Scene } from "@/usecases/scene"
import type { Call } from "./commands"
import { dayIn, inPlace, instantIn } from "./oversight"
import { must, print, Refused } from "./say"

/** Something that is still owed: proof that data is gone after an end, or the approval or end of what runs without approval. */
type Owed = {
  duty: "deletion" | "found-running" | "under-demand"
  sharing: string
  title: string
  party: string | null
  entity: string | null
  /** The first day on which it is owed, and the last on which it is in time; null: no day was ever set. */
  since: string | null
  due: string | null
  overdue: boolean
}

/**
 * `duties [--unproven | --due] [--as-of INSTANT]`: `[{duty, sharing, title, party, entity, since, due, overdue}]`, what is owed after ends and by what was
 * found running, what is due first on top. `--unproven`: only ends whose deletion is not proven; `--due`: only what is overdue.
 */
export async function duties(call: Call): Promise<void> {
  const { unproven, due } = call.options
  if (call.words.length > 0 || (unproven && due))
    throw new Refused("Say: duties [--unproven | --due] [--as-of INSTANT].")
  const asOf = instantIn(call.options["as-of"])
  await inPlace(call, async (scene) => {
    const owed = [
      ...(await endings(scene, asOf, due === true)),
      ...(unproven ? [] : await found(scene, asOf, due === true)),
    ]
    owed.sort((a, b) => ((a.due ?? "") < (b.due ?? "") ? -1 : 1))
    const line = (one: Owed): string =>
      [
        say(`cli.duty.${one.duty}`),
        one.due ?? "-",
        one.overdue ? say("cli.duty.overdue") : "",
        one.title,
        one.party ?? "",
      ].join("\t")
    print(call.json, owed, owed.length ? owed.map(line).join("\n") : say("cli.duty.none"))
  })
}

type AsOf = ReturnType<typeof instantIn>

async function endings(scene: Scene, asOf: AsOf, overdue: boolean): Promise<Owed[]> {
  const out: Owed[] = []
  const filters = { deletion: overdue ? ["overdue"] : ["unproven", "overdue"] }
  for (let after: string | null = null; ;) {
    const asked = { list: "sharings", filters, asOf, after, size: 200, count: false }
    const page: { rows: Record<string, unknown>[]; next: string | null; today: string } = must(
      await listRecords(scene, asked),
    )
    for (const row of page.rows) {
      const dueOn = row.proofDueOn as string | null
      out.push({
        ...{ duty: "deletion", sharing: String(row.id), title: String(row.title), party: text(row.partyName) },
        ...{ entity: text(row.entityId), since: text(row.unprovenFrom), due: dueOn },
        overdue: dueOn !== null && dueOn < page.today,
      })
    }
    if (!page.next) return out
    after = page.next
  }
}

async function found(scene: Scene, asOf: AsOf, overdue: boolean): Promise<Owed[]> {
  const out: Owed[] = []
  for (let after = ""; ;) {
    const filters = overdue ? { when: ["overdue"] } : {}
    const page = must(await listFound(scene, { filters, asOf, after, size: 200 }))
    for (const row of page.rows)
      out.push({
        ...{ duty: row.underDemand ? "under-demand" : "found-running", sharing: row.recordId },
        ...{ title: row.title, party: row.partyName },
        ...{ entity: row.entityId, since: row.sinceOn, due: row.dueOn, overdue: row.when === "overdue" },
      })
    if (!page.next) return out
    after = page.next
  }
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null)

/**
 * `announcements [all] [--as-of INSTANT]`: `[{id, party, entity, change, says, announcedOn, effectOn, objectUntil, term, days, state}]`, the changes of
 * sub-processors that parties announced: those that wait for an answer, or all.
 */
export async function announcements(call: Call): Promise<void> {
  const [show] = call.words
  if (show && show !== "all") throw new Refused("Say: announcements [all] [--as-of INSTANT].")
  const asOf = instantIn(call.options["as-of"])
  await inPlace(call, async (scene) => {
    const lines: AnnouncementLine[] = []
    for (let after = ""; ;) {
      const page: { lines: AnnouncementLine[]; next: string | null } = must(
        await listAnnouncements(scene, { show: show ? "all" : "open", after, asOf }),
      )
      lines.push(...page.lines)
      if (!page.next) break
      after = page.next
    }
    const out = lines.map((one) => ({
      ...{ id: one.id, party: one.partyName, entity: one.entityId, change: one.change, says: changeWords(one) },
      ...{ announcedOn: one.announcedOn, effectOn: one.effectOn, objectUntil: one.objectUntil },
      ...{ term: one.term, days: one.termDays, state: one.state },
    }))
    const line = (one: (typeof out)[number]): string =>
      [one.objectUntil, say(`announced.state.${one.state}`), one.party, one.says].join("\t")
    print(call.json, out, out.length ? out.map(line).join("\n") : say(asOf ? "announced.none-then" : "announced.none"))
  })
}

/**
 * `who-may-decide [--on DAY | --as-of INSTANT]`: `{at, rules, entitled: [{name, role, entity, for}]}`, who was entitled to decide at the end of that day
 * (in UTC) or at that instant, in their own right and for whom, and which version of the stage rules held.
 */
export async function whoMayDecide(call: Call): Promise<void> {
  const on: Day | null = dayIn(call.options.on)
  if (on && call.options["as-of"]) throw new Refused("Say one of them: who-may-decide --on DAY, or --as-of INSTANT.")
  const at = instantIn(on ?? call.options["as-of"])
  await inPlace(call, async (scene) => {
    const { entitled } = must(await listAway(scene, { asOf: at }))
    const { inForce } = must(await readRules(scene, { asOf: at }))
    const out = entitled.map(({ name, role, entityId, forName }) => ({ name, role, entity: entityId, for: forName }))
    const line = (one: (typeof out)[number]): string =>
      [
        one.name,
        say(`role.${one.role}`),
        one.entity ?? say("people.everywhere"),
        one.for ? say("roles.entitled-for", { name: one.for }) : say("roles.entitled-own"),
      ].join("\t")
    print(
      call.json,
      { at: at ?? scene.now, rules: inForce.version, entitled: out },
      out.length ? out.map(line).join("\n") : say("roles.entitled-none"),
    )
  })
}
