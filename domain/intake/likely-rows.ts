import type { RowId } from "@/domain/requests/stage-rows"
import type { Beginning } from "./question"

/**
 * The rows of the table of stages that a request of each beginning usually matches, before anything else is answered: a flow
 * with its party, its paper and its places. Null: it is recorded at once, and waits for nobody.
 */
export const LIKELY_ROWS: Readonly<Record<Beginning, readonly RowId[] | null>> = {
  "new-supplier": ["party-identity", "agreement", "entrust", "destination", "assessment"],
  "more-data": ["entrust"],
  affiliate: ["party-identity", "agreement", "share", "destination", "assessment"],
  merger: ["party-identity", "agreement", "control-or-public"],
  publish: ["control-or-public"],
  authority: ["party-identity", "statute-or-exception"],
  renew: ["agreement-renewed"],
  end: ["ending"],
  running: null,
}
