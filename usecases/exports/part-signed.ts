import type { PackagePart } from "./context"
import { listText } from "./lines"
import { signaturesFor } from "./packed-signatures"
import { recordsIn } from "./records-in"

/** What was known of the signatures in the files that the package names. */
export const signaturesPart: PackagePart = async function* (on) {
  yield { name: "signatures.json", text: listText(signaturesFor(on.tx, recordsIn(on, "agreement"), on.asOf)) }
}
