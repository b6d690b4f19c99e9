import { z } from "zod"
import { campaignById, insertLinks, linkById, openBeside, revokeLinks, type LinkRow } from "@/db/statements/asked"
import { ASK_DAYS, expiryOf } from "@/domain/asked/links"
import { addDays, dayIn } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { fromMillis } from "@/domain/core/instant"
import { good, refuse } from "@/domain/core/outcome"
import { idOf } from "@/domain/records/parts"
import { act, done } from "@/usecases/act"
import { makeSecret } from "@/usecases/people/secrets"
import { loadEntities } from "@/usecases/register/records"
import { newId } from "@/usecases/scene"
import { askDays, partiesInForce } from "./ask-supplier"
import { knownLinks, mayRevoke } from "./known-link"

type Renew = { id: string; days: number }
type Loaded = { link: LinkRow; zone: string; campaignRevoked: boolean; standing: boolean; again: boolean }
export type Renewed = { id: string; campaignId: string | null; name: string; path: string }

/**
 * Makes a link anew where the old one was lost, is over or was revoked: the same supplier is asked the same, in the same campaign
 * or draft, by another secret. The old one opens nothing from then on. What was answered already is not asked again.
 */
export const renewLink = act<Renew, Loaded, Renewed>({
  name: "supplier.renew",
  input: z.strictObject({
    id: idOf("supplierLink"),
    days: askDays.default(ASK_DAYS.usual),
  }) as unknown as z.ZodType<Renew>,
  load: async (tx, input, scene) => {
    const { actor } = scene
    const link = await linkById(tx, input.id, true)
    const [known] = link && actor ? await knownLinks(tx, [link], actor) : []
    if (!known || !actor) return null
    const entityId = known.entityId as Id<"entity">
    const entity = (await loadEntities(tx, [entityId], null)).get(entityId)
    if (!entity) return null
    const campaign = known.campaignId ? await campaignById(tx, known.campaignId, true) : null
    // A party that a draft proposes is in force nowhere yet.
    const standing = known.requestId !== null || (await partiesInForce(tx, [known.partyId], actor)).length > 0
    // What was revoked and made anew already is asked by the newer link, which a second press would leave open beside a third.
    const again = known.revokedAt !== null && (await openBeside(tx, known, scene.now))
    return { link: known, zone: entity.zone, campaignRevoked: campaign?.revokedAt != null, standing, again }
  },
  may: (actor, { link, campaignRevoked, standing, again }) => {
    if (!mayRevoke(link, actor)) return refuse("not-allowed", "not-allowed.not-own")
    if (link.sentAt) return refuse("conflict", "conflict.answers-sent")
    if (campaignRevoked) return refuse("conflict", "conflict.campaign-revoked")
    if (again) return refuse("conflict", "conflict.link-renewed")
    return standing ? good({}) : refuse("conflict", "conflict.party-gone")
  },
  run: async (_tx, { input, loaded: { link, zone }, actor, scene }) => {
    const { secret, hash } = makeSecret("")
    const id = newId(scene, "supplierLink")
    const { partyId, partyName, entityId, requestId, campaignId } = link
    const dueOn = addDays(dayIn(zone, scene.now), input.days)
    const expiresAt = fromMillis(expiryOf(scene.now, input.days))
    return done({
      value: { id, campaignId, name: partyName, path: `/supplier/${secret}` },
      events: [
        {
          act: "supplier.renew",
          objects: [
            { type: "supplier-link", id },
            { type: "supplier-link", id: link.id },
          ],
          after: { dueOn, expiresAt },
        },
      ],
      write: async (tx, place) => {
        await revokeLinks(tx, { id: link.id }, place.at)
        await insertLinks(tx, { at: place.at, logIndex: place.indexOf(0) }, [
          {
            ...{ id, hash, partyId, partyName, entityId, requestId, campaignId },
            byPerson: actor.id,
            dueOn,
            expiresAt,
          },
        ])
      },
    })
  },
})
