import type { PackagePart } from "./context"
import { listText } from "./lines"
import { decisionsFor } from "./snapshot"

/** Who decided what, where and when, on the requests that brought the records of the package. */
export const decisionsPart: PackagePart = async function* ({ tx, count, asOf, scope }) {
  yield { name: "decisions.json", text: listText(decisionsFor(tx, count.requests.batches(), asOf, scope)) }
}
