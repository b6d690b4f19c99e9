import { z } from "zod"
import { parseDay } from "@/domain/core/day"
import { PARTY_CONDITIONS } from "@/domain/records/party"
import { REGIMES } from "@/domain/records/sharing"
import { LEGAL_BASES } from "@/domain/vocabulary/grounds"
import { MECHANISMS } from "@/domain/vocabulary/mechanisms"
import { PARTY_KINDS } from "@/domain/vocabulary/parties"
import { CHANNELS } from "@/domain/vocabulary/sharings"
import { codesOf } from "@/domain/vocabulary/term"

const onDay = z.string().refine((text) => parseDay(text) !== null, "invalid.day")
const words = z.array(z.string().min(1).max(60)).max(300)
const mechanism = z.enum(codesOf(MECHANISMS))
const count = z.int().min(0).nullable()

const dated = {
  from: onDay.nullable(),
  until: onDay.nullable(),
  known: onDay.optional(),
  endKnown: onDay.optional(),
  act: z.string().min(1).max(300),
  certainty: z.string().min(1).max(200),
  regime: z.enum(REGIMES),
}
const lines = <T extends z.ZodRawShape>(more: T) => z.array(z.strictObject({ ...dated, ...more })).max(2000)

/** Lines of law that a file may bring: each kind with its own members, so that no line can be misread later. */
export const factsShape = z.strictObject({
  regimes: lines({
    in: words.optional(),
    notIn: words.optional(),
    processing: z.boolean(),
    thirdPartyTerms: z.boolean(),
    derogations: z.boolean(),
  }).optional(),
  areas: lines({ countries: words }).optional(),
  bases: lines({ basis: z.enum(codesOf(LEGAL_BASES)), consent: z.boolean() }).optional(),
  adequacy: lines({
    to: words,
    condition: z.enum(PARTY_CONDITIONS).optional(),
    staffCondition: z.enum(PARTY_CONDITIONS).optional(),
    notFrom: words.optional(),
    notKinds: z.array(z.enum(codesOf(PARTY_KINDS))).optional(),
    notChannels: z.array(z.enum(codesOf(CHANNELS))).optional(),
    limit: z.string().max(300).optional(),
  }).optional(),
  instruments: lines({ mechanism, newUntil: onDay.nullable() }).optional(),
  bands: lines({
    yearsBefore: z.int().min(0).max(20),
    bands: z
      .array(
        z.strictObject({
          name: z.string().min(1).max(60),
          ordinary: count,
          sensitive: count,
          routes: z.array(mechanism),
        }),
      )
      .max(20),
    exempt: z.array(mechanism),
  }).optional(),
})
