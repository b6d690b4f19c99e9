import { expect, test } from "vitest"
import { PACKS } from "./all"

/** Every row of the handbook's table of clauses, by the pack that it lists it under. */
const ROWS: Record<string, string> = {
  statement:
    "S-0-1 S-0-2 S-I.A-2.4 S-I.A-4 S-I.A-5 S-I.B-1 S-I.B-5 S-II-1 S-II.B-1 S-II.C-1 S-II.D-1 S-III.A-1 S-III.A-2 S-III.A-3 S-III.B-0 S-III.B-0.2 S-III.B-1.1 S-III.B-1.2 S-III.B-1.3 S-III.B-2.1 S-III.B-2.2 S-III.B-3.1 S-III.B-3.2 S-III.B-4.0 S-III.B-4.0.2 S-III.B-4.1 S-III.B-4.2 S-III.B-4.3 S-III.B-5 S-III.C-0 S-III.C-1 S-III.C-2 S-III.D-1 S-III.D-2 S-III.E-1 S-III.E-2 S-III.E-3 S-III.E-4 S-III.E-5 S-III.E-6 S-III.E-7 S-IV-1.1 S-IV-1.2 S-IV-2 S-IV-3 S-IV-4.1 S-IV-4.2 S-IV-4.3 S-IV-4.4 S-IV-5 S-IV-6 S-IV-7 S-IV-8 S-V.A-1 S-V.A-2 S-V.A-4 S-V.A-5 S-V.B-1 S-V.B-2 S-VI-1 S-VI-2 S-VI-3 S-VII-1 S-VIII-1 S-VIII-2 S-IX-0 S-IX-3 S-IX-5 S-X-1 S-MC-1 S-MC-2 S-MC-3 S-MC-4 S-MC-5 S-MC-6",
  gdpr: "GDPR-5.1.b GDPR-5.1.c GDPR-5.1.e GDPR-6.1 GDPR-7 GDPR-8 GDPR-9 GDPR-10 GDPR-13.1.e GDPR-14 GDPR-19 GDPR-26 GDPR-27 GDPR-28.1 GDPR-28.2 GDPR-28.3 GDPR-28.3.a GDPR-28.3.b GDPR-28.3.c GDPR-28.3.d GDPR-28.3.e GDPR-28.3.f GDPR-28.3.g GDPR-28.3.h GDPR-28.4 GDPR-28.9 GDPR-29 GDPR-30.1 GDPR-30.2 GDPR-32 GDPR-33.1 GDPR-33.2 GDPR-34 GDPR-35 GDPR-44 GDPR-45 GDPR-46 GDPR-47 GDPR-48 GDPR-49 GDPR-15.1.c GDPR-33.5 GDPR-28.10",
  scc: "SCC-914-DATE SCC-914-MOD SCC-914-ANNEX SCC-OLD-NEW SCC-OLD-END",
  uk: "UK-45 UK-45-TEST UK-46-IDTA UK-46-OLD UK-6.1.ea UK-28",
  ch: "CH-16 CH-9 CH-19 CH-12",
  pipl: "PIPL-13 PIPL-20 PIPL-21 PIPL-22 PIPL-23 PIPL-25 PIPL-27 PIPL-28 PIPL-29 PIPL-30 PIPL-31 PIPL-38 PIPL-39 PIPL-40 PIPL-42 PIPL-54 PIPL-55 PIPL-56 PIPL-57",
  cac: "CAC-2022 CAC-SC-2023 CAC-2024 CAC-CERT-2026",
  ccpa: "CCPA-100.d CCPA-7051 CCPA-7053",
  lgpd: "LGPD-33",
  dora: "DORA-28.3",
  eprivacy: "EPD-5.3",
}

test.each(Object.entries(ROWS))(
  "every row of %s in the handbook's table of clauses ships as a clause",
  (_pack, ids) => {
    const shipped = new Set(PACKS.flatMap((pack) => pack.clauses.map((clause) => clause.id)))
    expect(ids.split(" ").filter((id) => !shipped.has(id))).toEqual([])
  },
)

test("a clause is shipped once, in one pack", () => {
  const ids = PACKS.flatMap((pack) => pack.clauses.map((clause) => clause.id))
  expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([])
})
