import { z } from "zod"
import { insertLinks, linkById, revokeLinks, type LinkRow } from "@/db/statements/asked"
import { proposalsById } from "@/db/statements/parts"
import type { Tx } from "@/db/connect"
import { ASK_DAYS, expiryOf } from "@/domain/asked/links"
import { addDays, dayIn } from "@/domain/core/day"
import { isId, type Id } from "@/domain/core/id"
import { fromMillis } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import type { Sharing } from "@/domain/records/sharing"
import { act, done } from "@/usecases/act"
import { hiddenIds } from "@/usecases/audit/readable"
import { makeSecret } from "@/usecases/people/secrets"
import { readable } from "@/usecases/register/read-record"
import { loadEntities, loadRecords } from "@/usecases/register/records"
import { editable } from "@/usecases/requests/draft-request"
import { openDrafts } from "@/usecases/requests/revision"
import { newId, type Actor } from "@/usecases/scene"
import { scopeOf } from "@/usecases/scope"
import { knownLinks, mayAskFor, mayRevoke } from "./known-link"

/** For how many days somebody may be asked. */
export const askDays = z.coerce
  .number()
  .int()
  .min(ASK_DAYS.least, "invalid.ask-days")
  .max(ASK_DAYS.most, "invalid.ask-days")

type Ask = {
  requestId: string | null
  recordId: string | null
  partyId: string | null
  entityId: string | null
  days: number
}
type About = { entityId: string; partyId: string; partyName: string; requestId: string | null; zone: string }

/**
 * Makes a one-time link by which a party answers, for a draft of one's own or for a party in force. Its secret is shown once and
 * kept as a hash. The answers are laid beside the draft; nothing of them is in any record by itself.
 */
export const askSupplier = act<Ask, About, { id: string; path: string }>({
  name: "supplier.ask",
  input: z.strictObject({
    requestId: idOf("request").nullable().default(null),
    recordId: z.string().max(40).nullable().default(null),
    partyId: idOf("party").nullable().default(null),
    entityId: idOf("entity").nullable().default(null),
    days: askDays.default(ASK_DAYS.usual),
  }) as unknown as z.ZodType<Ask>,
  load: async (tx, input, scene) => {
    if (!scene.actor) return null
    const about = input.requestId ? await ofDraft(tx, input, scene.actor) : await ofParty(tx, input, scene.actor)
    if (!about) return null
    const entity = (await loadEntities(tx, [about.entityId as Id<"entity">], null)).get(about.entityId as Id<"entity">)
    return entity ? { ...about, zone: entity.zone } : null
  },
  may: (actor, about) => (mayAskFor(actor, about.entityId) ? good({}) : refuse("not-allowed", "not-allowed.role")),
  run: async (_tx, { input, loaded: { zone, ...about }, actor, scene }) => {
    const { secret, hash } = makeSecret("")
    const id = newId(scene, "supplierLink")
    const dueOn = addDays(dayIn(zone, scene.now), input.days)
    const expiresAt = fromMillis(expiryOf(scene.now, input.days))
    return done({
      value: { id, path: `/supplier/${secret}` },
      events: [
        {
          act: "supplier.ask",
          objects: [{ type: "supplier-link", id }, ...(about.requestId ? [] : [{ type: "party", id: about.partyId }])],
          after: { dueOn, expiresAt },
        },
      ],
      write: (tx, place) =>
        insertLinks(tx, { at: place.at, logIndex: place.indexOf(0) }, [
          { ...about, id, hash, campaignId: null, byPerson: actor.id, dueOn, expiresAt },
        ]),
    })
  },
})

/** Whom a draft of one's own is about: the party of a flow, or a party that it proposes. */
async function ofDraft(tx: Tx, input: Ask, actor: Actor): Promise<Omit<About, "zone"> | null> {
  const request = await editable(tx, input.requestId ?? "", actor)
  if (!request.ok) return null
  const record = await inDraft(tx, request.value.id, input.recordId ?? "")
  const flow = record?.kind === "sharing" ? (record.body as Sharing) : null
  const partyId = flow?.partyId ?? (record?.kind === "party" ? record.recordId : null)
  const entityId = flow?.entityId ?? input.entityId
  if (!partyId || !isId("party", partyId) || !entityId) return null
  const partyName = await nameOf(tx, request.value.id, partyId, actor)
  return partyName === null ? null : { entityId, partyId, partyName, requestId: request.value.id }
}

async function inDraft(tx: Tx, requestId: string, recordId: string) {
  return openDrafts(await proposalsById(tx, requestId, 0, [recordId]))[0]
}

async function nameOf(tx: Tx, requestId: string, partyId: Id<"party">, actor: Actor): Promise<string | null> {
  const draft = await inDraft(tx, requestId, partyId)
  if (draft?.kind === "party" && "legalName" in draft.body) return draft.body.legalName
  return (await partyInForce(tx, partyId, actor))?.partyName ?? null
}

async function ofParty(tx: Tx, input: Ask, actor: Actor): Promise<Omit<About, "zone"> | null> {
  const party = await partyInForce(tx, input.partyId ?? "", actor)
  return party && input.entityId ? { ...party, entityId: input.entityId, requestId: null } : null
}

type PartyNamed = { partyId: string; partyName: string }

/** The party as this person may know it: in force, not ended, not hidden from them. */
async function partyInForce(tx: Tx, id: string, actor: Actor): Promise<PartyNamed | null> {
  return (await partiesInForce(tx, [id], actor))[0] ?? null
}

/** Of these parties those that this person may know, in this order: in force, not ended, not hidden from them. */
export async function partiesInForce(tx: Tx, ids: readonly string[], actor: Actor): Promise<PartyNamed[]> {
  const scope = scopeOf(actor)
  const own = ids.filter((id) => isId("party", id))
  const hidden = await hiddenIds(tx, own, scope)
  const found = new Map((await loadRecords(tx, own, null)).map((one) => [one.id as string, one]))
  return own.flatMap((id): PartyNamed[] => {
    const party = found.get(id)
    if (party?.kind !== "party" || party.standing === "ended" || hidden.has(id) || !readable(party, scope)) return []
    return [{ partyId: id, partyName: party.body.legalName }]
  })
}

/** Revokes a link, at once. What was sent by it stands. */
export const revokeSupplierLink = act<{ id: string }, LinkRow, { campaignId: string | null }>({
  name: "supplier.revoke",
  input: z.strictObject({ id: idOf("supplierLink") }) as unknown as z.ZodType<{ id: string }>,
  load: async (tx, input, scene) => {
    const link = await linkById(tx, input.id, true)
    const [known] = link && scene.actor ? await knownLinks(tx, [link], scene.actor) : []
    return known ?? null
  },
  may: (actor, link) => {
    if (!mayRevoke(link, actor)) return refuse("not-allowed", "not-allowed.not-own")
    return link.revokedAt || link.sentAt ? refuse("conflict", "conflict.link-shut") : good({})
  },
  run: async (_tx, { input, loaded: { campaignId } }) =>
    done({
      value: { campaignId },
      events: [{ act: "supplier.revoke", objects: [{ type: "supplier-link", id: input.id }] }],
      write: async (tx, place) => {
        await revokeLinks(tx, { id: input.id }, place.at)
      },
    }),
})
