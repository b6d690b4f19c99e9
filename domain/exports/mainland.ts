import { z } from "zod"

/** Whom a package goes to out of the Chinese mainland, by which approval; or why it needs none. */
export type MainlandAnswer = { addressee: string | null; approval: string | null; reasons: string | null }

/** What the manifest says of it, with the companies that it was asked for. */
export type MainlandTold = MainlandAnswer & { entities: string[] }

const said = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.trim() || null)
    .nullable()
    .default(null)

/** The answer as it is sent; one that says nothing is none. */
export const mainlandShape = z
  .strictObject({ addressee: said(300), approval: said(100), reasons: said(2_000) })
  .nullable()
  .default(null)
  .transform((answer) =>
    answer && Object.values(answer).some((one) => one !== null) ? answer : null,
  ) as unknown as z.ZodType<MainlandAnswer | null>

/**
 * Which of our companies are in the Chinese mainland: Hong Kong, Macao and Taiwan have codes of their own and are not. What such a company
 * keeps goes to an authority elsewhere by approval alone (PIPL 41, DSL 36).
 */
export function inMainland(companies: readonly { id: string; country: string }[]): string[] {
  return companies.flatMap(({ id, country }) => (country === "CN" ? [id] : [])).sort()
}

/** The fields that are missing: both of addressee and approval are given, or reasons why none is needed. None where nothing is asked. */
export function mainlandMissing(
  mainland: readonly string[],
  answer: MainlandAnswer | null,
): ("addressee" | "approval" | "reasons")[] {
  if (mainland.length === 0 || answer?.reasons) return []
  if (!answer || (!answer.addressee && !answer.approval)) return ["reasons"]
  if (!answer.addressee) return ["addressee"]
  return answer.approval ? [] : ["approval"]
}

/** What one of our companies said once of what a supervisor takes out of it, before anything leaves. */
export type MainlandSaid = MainlandAnswer & { entityId: string }

/**
 * The answer for a package of these companies, out of what each of them said: several say theirs one after the other. `unsaid`: those
 * that said nothing that is enough; then nothing leaves.
 */
export function saidForAll(
  mainland: readonly string[],
  said: readonly MainlandSaid[],
): { answer: MainlandAnswer | null; unsaid: string[] } {
  const enough = said.filter(
    (one) => mainland.includes(one.entityId) && mainlandMissing([one.entityId], one).length === 0,
  )
  const unsaid = mainland.filter((id) => !enough.some((one) => one.entityId === id))
  if (unsaid.length > 0 || enough.length === 0) return { answer: null, unsaid }
  const joined = (name: keyof MainlandAnswer): string | null =>
    [...new Set(enough.flatMap((one) => one[name] ?? []))].join("; ") || null
  return {
    answer: { addressee: joined("addressee"), approval: joined("approval"), reasons: joined("reasons") },
    unsaid,
  }
}
