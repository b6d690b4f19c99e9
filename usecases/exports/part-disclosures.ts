import { sql } from "drizzle-orm"
import { rows } from "@/db/connect"
import { textArray } from "@/db/statements/log"
import type { PackageContext, PackagePart } from "./context"
import { lineText } from "./lines"

/** The values behind the commitments of the records, each with its salt. What was erased is not there, nor what was left out. */
export const disclosuresPart: PackagePart = async function* (on) {
  yield { name: "disclosures.jsonl", text: lineText(disclosures(on)) }
}

async function* disclosures({ tx, count }: PackageContext): AsyncGenerator<unknown[]> {
  for await (const wanted of count.commitments.batches()) {
    const found = await rows<{ commitment: string; salt: Buffer; value: string }>(
      tx,
      sql`select commitment, salt, value from disclosures where commitment = any(${textArray(wanted)}::text[])`,
    )
    found.sort((a, b) => (a.commitment < b.commitment ? -1 : 1))
    yield found.map(({ commitment, salt, value }) => ({ commitment, salt: salt.toString("base64"), value }))
  }
}
