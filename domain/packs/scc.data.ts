import type { Clause } from "@/domain/checks/types"
import { day } from "@/domain/core/day"
import { clause } from "./clause"

const since = (from: string, source: string) => ({ effectiveFrom: day(from), source })
const CURRENT = { regime: "EU", mechanisms: ["scc-2021"] }
const OLD = { regime: "EU", mechanisms: ["scc-2010"] }

/** The Commission's standard clauses: the set of 2021, and the three old sets while they were phased out. */
export const SCC_CLAUSES: readonly Clause[] = [
  clause(
    {
      id: "SCC-914-DATE",
      title: "Clauses of 2021, signed in their time",
      duty: "The clauses of 2021 could be signed from 27 June 2021 on.",
      remedy: "Sign the current set, and link its paper.",
      certainty: "verified",
      check: "clausesInTime",
      params: { ...CURRENT, signedFrom: "2021-06-27" },
    },
    since("2021-06-27", "(EU) 2021/914, Art. 4"),
  ),
  clause(
    {
      id: "SCC-914-MOD",
      title: "The module that fits",
      duty: "The module follows from who both sides are.",
      remedy: "Choose the module for these roles, or correct the role.",
      certainty: "verified",
      check: "moduleFits",
      params: CURRENT,
    },
    since("2021-06-27", "(EU) 2021/914, clause 8"),
  ),
  clause(
    {
      id: "SCC-914-ANNEX",
      title: "Annexes filled in",
      duty: "The annexes name the sides, the transfer, the authority, the measures and the sub-processors.",
      remedy: "Fill in the annex and point to its page.",
      certainty: "part verified",
      check: "annexesFilled",
      params: CURRENT,
    },
    since("2021-06-27", "(EU) 2021/914, annexes I to III"),
  ),
  clause(
    {
      id: "SCC-OLD-NEW",
      title: "Old clauses closed to new contracts",
      duty: "From 27 September 2021 on nobody concludes the old clauses any more.",
      remedy: "Replace them by the clauses of 2021.",
      certainty: "verified",
      check: "clausesInTime",
      params: { ...OLD, signedBefore: "2021-09-27" },
    },
    since("2021-09-27", "(EU) 2021/914, Art. 4(2)-(4)"),
  ),
  clause(
    {
      id: "SCC-OLD-END",
      title: "Old clauses have ended",
      duty: "Until 27 December 2022 old clauses carried processing that had not changed; since then nothing.",
      remedy: "Replace them by the clauses of 2021.",
      certainty: "verified",
      check: "clausesInTime",
      params: { ...OLD, until: "2022-12-28", unchangedSince: "2021-09-27" },
    },
    since("2021-09-27", "(EU) 2021/914, Art. 4(4)"),
  ),
]
