import type { AgreementKind } from "@/domain/vocabulary/agreements"
import type { Mechanism } from "@/domain/vocabulary/mechanisms"

/**
 * Mechanisms that are a paper of their own: the kinds of agreement that are that paper, and the checklist item by
 * which a paper of another kind shows that it holds it too. `kinds` null: a paper of any kind.
 */
export const OWN_PAPER: Readonly<Partial<Record<Mechanism, { kinds: readonly AgreementKind[] | null; item: string }>>> =
  {
    "scc-2021": { kinds: ["scc"], item: "MODULE" },
    "scc-2010": { kinds: ["scc"], item: "MODULE" },
    "scc-sa": { kinds: ["scc"], item: "MODULE" },
    adhoc: { kinds: null, item: "MODULE" },
    "uk-idta": { kinds: ["uk"], item: "TABLES" },
    "uk-addendum": { kinds: ["uk"], item: "TABLES" },
    "cn-contract": { kinds: ["cn-contract"], item: "TEXT" },
  }
