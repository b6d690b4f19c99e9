import { sql } from "drizzle-orm"
import { z } from "zod"
import {
  answersOfAll,
  campaignById,
  campaignsOf,
  insertCampaign,
  insertLinks,
  linksOf,
  revokeCampaignRow,
  revokeLinks,
  type CampaignRow,
  type LinkRow,
} from "@/db/statements/asked"
import type { Tx } from "@/db/connect"
import { expiryOf, isOverdue, linkState, type LinkState } from "@/domain/asked/links"
import { answeredCount, QUESTIONS, readAnswers, type Typed } from "@/domain/asked/questions"
import { addDays, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { fromMillis } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { CSV_BEGINS, csvLine } from "@/domain/exports/cell"
import { holdsRole } from "@/domain/people/permissions"
import { idOf, text } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { look } from "@/usecases/look"
import { makeSecret } from "@/usecases/people/secrets"
import { listInput, listPageOf } from "@/usecases/register/list-records"
import { loadEntities } from "@/usecases/register/records"
import { namesOf } from "@/usecases/requests/named-by"
import { newId, type Actor, type Scene } from "@/usecases/scene"
import { scopeOf, unrestricted } from "@/usecases/scope"
import { askDays, partiesInForce } from "./ask-supplier"
import { knownLinks, mayRevoke as mayRevokeLink } from "./known-link"

/** So many suppliers one campaign asks at most. */
export const MOST_ASKED = 500

const words = z.record(z.string().max(40), z.array(z.string().max(100)).max(400)).default({})
/** Suppliers that are ticked, or all that a view of the parties holds. */
const chosen = z.strictObject({
  records: z.array(idOf("party")).max(MOST_ASKED).default([]),
  all: z.boolean().default(false),
  q: z.string().max(200).default(""),
  filters: words,
  excluded: words,
})
type Chosen = z.output<typeof chosen>
type Named = { partyId: string; partyName: string }

/** The suppliers that are chosen, as this person may know them; `tooMany`: more than a campaign asks. */
async function suppliersOf(
  tx: Tx,
  choice: Chosen,
  actor: Actor,
  scene: Scene,
): Promise<{ suppliers: Named[]; tooMany: boolean }> {
  if (!choice.all) {
    return { suppliers: await partiesInForce(tx, [...new Set(choice.records)], actor), tooMany: false }
  }
  const found: Named[] = []
  for (let after: string | null = null; ;) {
    const { q, filters, excluded } = choice
    const asked = listInput.parse({ list: "parties", q, filters, excluded, size: 200, after, count: false })
    const page = await listPageOf(tx, asked, scopeOf(actor), scene)
    for (const row of page.rows)
      if (row.standing !== "ended") found.push({ partyId: String(row.id), partyName: String(row.title) })
    if (found.length > MOST_ASKED) return { suppliers: [], tooMany: true }
    if (!page.next) return { suppliers: found, tooMany: false }
    after = page.next
  }
}

/** Whom a campaign would ask, before it is made. */
export const chooseSuppliers = look<Chosen, { suppliers: Named[]; tooMany: boolean }>({
  name: "campaign.read",
  input: chosen as unknown as z.ZodType<Chosen>,
  run: async (tx, { input, actor, scene }) => good(await suppliersOf(tx, input, actor, scene)),
})

type Make = { title: string; entityId: string; days: number; whom: Chosen }
type Loaded = { suppliers: Named[]; tooMany: boolean; zone: string }

/** Asks many suppliers the same at once: a link for each, shown once to whoever asks. */
export const makeCampaign = act<Make, Loaded, { id: string; links: { name: string; path: string }[] }>({
  name: "campaign.make",
  input: z.strictObject({
    title: text(200).refine((title) => title.trim() !== "", "invalid.required"),
    entityId: idOf("entity"),
    days: askDays,
    whom: chosen,
  }) as unknown as z.ZodType<Make>,
  load: async (tx, input, scene) => {
    if (!scene.actor) return null
    const entity = (await loadEntities(tx, [input.entityId as Id<"entity">], null)).get(input.entityId as Id<"entity">)
    return entity ? { ...(await suppliersOf(tx, input.whom, scene.actor, scene)), zone: entity.zone } : null
  },
  may: (actor, loaded, input) => {
    if (!holdsRole(actor, "procurement", input.entityId)) return refuse("not-allowed", "not-allowed.role")
    if (loaded.tooMany) return refuse("invalid", "invalid.too-many-asked", { params: { n: MOST_ASKED } })
    return loaded.suppliers.length ? good({}) : refuse("invalid", "invalid.nobody-asked")
  },
  run: async (_tx, { input, loaded, actor, scene }) => {
    const id = newId(scene, "campaign")
    const { entityId } = input
    const dueOn = addDays(dayIn(loaded.zone, scene.now), input.days)
    const expiresAt = fromMillis(expiryOf(scene.now, input.days))
    const links = loaded.suppliers.map((one) => ({ ...one, ...makeSecret(""), id: newId(scene, "supplierLink") }))
    return done({
      value: { id, links: links.map((one) => ({ name: one.partyName, path: `/supplier/${one.secret}` })) },
      events: [
        {
          act: "campaign.make",
          objects: [{ type: "campaign", id }],
          after: { entity: entityId, asked: links.length, dueOn, expiresAt },
        },
      ],
      write: async (tx, place) => {
        const at = { at: place.at, logIndex: place.indexOf(0) }
        await insertCampaign(tx, {
          ...{ id, title: input.title.trim(), entityId, byPerson: actor.id, dueOn, expiresAt },
          ...at,
        })
        await insertLinks(
          tx,
          at,
          links.map(({ id: linkId, hash, partyId, partyName }) => ({
            ...{ id: linkId, hash, partyId, partyName, entityId, requestId: null, campaignId: id },
            ...{ byPerson: actor.id, dueOn, expiresAt },
          })),
        )
      },
    })
  },
})

/** Revokes every link of a campaign that is still open. What was sent stands. */
export const revokeCampaign = act<{ id: string }, CampaignRow, { revoked: number }>({
  name: "campaign.revoke",
  input: z.strictObject({ id: idOf("campaign") }) as unknown as z.ZodType<{ id: string }>,
  load: async (tx, input, scene) => {
    const campaign = await campaignById(tx, input.id, true)
    return campaign && scene.actor && mayKnow(campaign, scene.actor) ? campaign : null
  },
  may: (actor, campaign) => {
    if (campaign.byPerson !== actor.id && !holdsRole(actor, "procurement", campaign.entityId))
      return refuse("not-allowed", "not-allowed.not-own")
    return campaign.revokedAt ? refuse("conflict", "conflict.link-shut") : good({})
  },
  run: async (tx, { input, scene }) => {
    const revoked = await revokeLinks(tx, { campaignId: input.id }, scene.now)
    return done({
      value: { revoked },
      events: [{ act: "campaign.revoke", objects: [{ type: "campaign", id: input.id }], after: { revoked } }],
      write: (writing, place) => revokeCampaignRow(writing, input.id, place.at),
    })
  },
})

function mayKnow(campaign: Pick<CampaignRow, "entityId">, actor: Actor): boolean {
  const { entities } = scopeOf(actor)
  return entities === null || entities.includes(campaign.entityId)
}

export type AskedLine = {
  id: string
  no: number
  partyId: string
  name: string
  state: LinkState
  overdue: boolean
  openedAt: string | null
  sentAt: string | null
  remindedAt: string | null
  /** How many of the questions got an answer; null: nothing was sent. */
  answered: number | null
  /** What was answered was cleared since. */
  cleared: boolean
  mayRevoke: boolean
  mayRenew: boolean
}
export type CampaignPage = CampaignRow & {
  byName: string
  company: string
  /** Of each supplier the link that was made last. */
  lines: AskedLine[]
  mayRevoke: boolean
}

/** A campaign with how it stands, supplier by supplier. Whom this reader may not know of is not among them. */
export const readCampaign = look<{ id: string }, CampaignPage>({
  name: "campaign.read",
  input: z.strictObject({ id: idOf("campaign") }) as unknown as z.ZodType<{ id: string }>,
  run: (tx, { input, actor, scene }) => pageOf(tx, input.id, actor, scene),
})

/** Links that were made anew stand beside the old ones: so many of one campaign are read at most. */
const MOST_LINKS = 4 * MOST_ASKED

/** Of each supplier the link that counts: the one that was answered, else the one made last; in the order they came in. */
function lastOfEach(links: readonly LinkRow[]): LinkRow[] {
  const last = new Map<string, LinkRow>()
  for (const link of links) {
    const before = last.get(link.partyId)
    if (!before || (before.sentAt === null && (link.sentAt !== null || link.no > before.no)))
      last.set(link.partyId, link)
  }
  return [...last.values()]
}

async function pageOf(tx: Tx, id: string, actor: Actor, scene: Scene): Promise<Outcome<CampaignPage>> {
  const campaign = await campaignById(tx, id)
  if (!campaign || !mayKnow(campaign, actor)) return refuse("not-found", "not-found")
  const entityId = campaign.entityId as Id<"entity">
  const entity = (await loadEntities(tx, [entityId], null)).get(entityId)
  const today = dayIn(entity?.zone ?? "UTC", scene.now)
  const links = lastOfEach(await knownLinks(tx, await linksOf(tx, { campaignId: id }, MOST_LINKS), actor))
  const said = await answersOfAll(
    tx,
    links.flatMap((link) => (link.sentAt ? [link.id] : [])),
  )
  const lines = links.map((link): AskedLine => {
    const answers = said.get(link.id)
    const state = linkState(link, scene.now)
    const may = mayRevokeLink(link, actor)
    return {
      cleared: link.clearedAt !== null,
      mayRevoke: may && (state === "asked" || state === "opened"),
      mayRenew: may && state !== "answered" && campaign.revokedAt === null,
      ...{ id: link.id, no: link.no, partyId: link.partyId, name: link.partyName, state },
      ...{ overdue: isOverdue(link, today, scene.now), openedAt: link.openedAt, sentAt: link.sentAt },
      remindedAt: link.remindedAt,
      answered: answers ? answeredCount(readAnswers(JSON.parse(answers.body) as Typed).answers, 0) : null,
    }
  })
  const names = await namesOf(tx, [campaign.byPerson])
  const revokes = campaign.byPerson === actor.id || holdsRole(actor, "procurement", campaign.entityId)
  return good({
    ...campaign,
    byName: names[campaign.byPerson] ?? "",
    company: entity?.legalName ?? "",
    lines,
    mayRevoke: revokes && campaign.revokedAt === null && lines.some((one) => ["asked", "opened"].includes(one.state)),
  })
}

/** The campaigns of the reader's companies, newest first: at most a hundred. */
export const listCampaigns = look<Record<string, never>, Awaited<ReturnType<typeof campaignsOf>>>({
  name: "campaign.read",
  input: z.strictObject({}) as unknown as z.ZodType<Record<string, never>>,
  run: async (tx, { scope }) =>
    good(await campaignsOf(tx, scope.entities, unrestricted(scope, sql`p.restricted_to`), 100)),
})

const COLUMNS = [
  ...["link", "party", "name", "state", "overdue", "opened", "answered", "reminded", "questions answered", "cleared"],
]

/** A campaign as CSV: as the page shows it, and safe to open in a spreadsheet. */
export const campaignCsv = look<{ id: string }, { csv: string; no: number }>({
  name: "campaign.read",
  input: z.strictObject({ id: idOf("campaign") }) as unknown as z.ZodType<{ id: string }>,
  run: async (tx, { input, actor, scene }) => {
    const page = await pageOf(tx, input.id, actor, scene)
    if (!page.ok) return page
    const lines = page.value.lines.map((one) =>
      csvLine([
        ...[String(one.no), one.partyId, one.name, one.state, one.overdue ? "yes" : "no", one.openedAt ?? ""],
        ...[one.sentAt ?? "", one.remindedAt ?? "", one.answered === null ? "" : `${one.answered}/${QUESTIONS.length}`],
        one.cleared ? "yes" : "no",
      ]),
    )
    return good({ csv: CSV_BEGINS + [csvLine(COLUMNS), ...lines].join(""), no: page.value.no })
  },
})
