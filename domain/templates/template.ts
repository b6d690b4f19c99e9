import { z } from "zod"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { idOf, oneOf, text } from "@/domain/records/parts"
import { AGREEMENT_KINDS } from "@/domain/vocabulary/agreements"
import { readMarkup, type Wrong } from "./markup"

const word = (otherwise: string) =>
  text(60)
    .refine((value) => value.trim().length > 0 && !/[\n{}]/.test(value), "invalid.required")
    .default(otherwise)

const LANGUAGE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/

/** Whether days and countries can be said in the language of the tag. */
function isLanguage(tag: string): boolean {
  return LANGUAGE.test(tag) && Intl.DateTimeFormat.supportedLocalesOf([tag]).length === 1
}

/**
 * A template of the company's own: for which kind of agreement, for which of its companies (none named: every one), in which
 * language days, countries and numbers are said, its text, and the words beside the lines to sign on.
 */
export const templateShape = z.strictObject({
  kind: oneOf(AGREEMENT_KINDS),
  title: text(300).refine((title) => title.trim().length > 0, "invalid.required"),
  language: z.string().refine(isLanguage, "invalid.language").default("en-GB"),
  entityIds: z.array(idOf("entity")).max(200).default([]),
  /** Not to be used any more: approved like every other version, and no paper is made from it. */
  retired: z.boolean().default(false),
  text: text(100_000).refine((value) => value.trim().length > 0, "invalid.required"),
  words: z
    .strictObject({
      signedFor: word("Signed for"),
      name: word("Name"),
      capacity: word("Capacity"),
      day: word("Place and date"),
      signature: word("Signature"),
      none: word("does not apply"),
      open: word("to be filled in"),
    })
    .prefault({}),
})

export type Template = z.output<typeof templateShape>

/** Whether the text of a template can be read; what cannot is told with the line. At most twenty at once. */
export function templateStands(template: Pick<Template, "kind" | "text">): Outcome<object> {
  const { wrong } = readMarkup(template.kind, template.text)
  return wrong.length === 0 ? good({}) : refuse("invalid", "invalid.form", { fields: wrong.slice(0, 20).map(fieldOf) })
}

const fieldOf = ({ line, says, params }: Wrong) => ({
  path: `text.${line}`,
  says,
  params: { ...params, at: String(line) },
})

/** Whether papers of this agreement may be made from it: the kind is its own, and every company of ours is in its scope. */
export function fits(
  template: Pick<Template, "kind" | "entityIds">,
  agreement: { kind: string; entityId: string; furtherEntities: readonly string[] },
): boolean {
  if (template.kind !== agreement.kind) return false
  const { entityIds } = template
  const within = (id: string): boolean => entityIds.length === 0 || (entityIds as readonly string[]).includes(id)
  return [agreement.entityId, ...agreement.furtherEntities].every(within)
}
