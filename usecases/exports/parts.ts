import type { PackagePart } from "./context"
import { decisionsPart } from "./part-decisions"
import { disclosuresPart } from "./part-disclosures"
import { filesPart } from "./part-files"
import { formsPart } from "./part-forms"
import { learntPart } from "./part-learnt"
import { logPart } from "./part-log"
import { readmePart } from "./part-readme"
import { recordsPart } from "./part-records"
import { requestsPart } from "./part-requests"
import { signaturesPart } from "./part-signed"
import { verifierPart } from "./part-verifier"

/**
 * The parts of a package in the order in which they stand in it. The records come first: what they name and count is what the
 * others go by. Manifest and note are written behind all of them.
 */
export const PARTS: readonly PackagePart[] = [
  recordsPart,
  learntPart,
  disclosuresPart,
  requestsPart,
  decisionsPart,
  signaturesPart,
  filesPart,
  formsPart,
  logPart,
  readmePart,
  verifierPart,
]
