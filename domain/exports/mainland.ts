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
