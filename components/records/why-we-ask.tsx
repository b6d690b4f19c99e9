import { say } from "@/components/words/catalogue"
import { PACKS } from "@/domain/packs/all"
import type { RecordKind } from "@/domain/records/kinds"

/** The clauses behind a question: what we promised, or what the law asks. */
export const WHY: Partial<Record<RecordKind, Record<string, readonly string[]>>> = {
  party: { kinds: ["S-III.B-4.0", "S-III.B-3.1"], groupLinks: ["S-III.B-3.1"] },
  sharing: {
    role: ["S-III.A-1", "S-III.B-0.2"],
    purposes: ["S-I.B-1"],
    purposeText: ["S-III.B-4.3"],
    ownPurpose: ["S-III.A-1"],
    optOutRoute: ["S-I.B-5"],
    dataLines: ["S-IV-1.1", "S-III.B-4.0.2"],
    deidentification: ["S-III.E-7"],
    inferable: ["H-INFER"],
    minors: ["S-VI-2"],
    grounds: ["S-III.B-0"],
    destinations: ["S-VIII-1", "S-VIII-2"],
    retention: ["S-IV-1.2"],
    measures: ["S-IV-2", "S-IV-3"],
    permission: ["S-IX-0"],
    onward: ["H-ONWARD"],
    bases: ["GDPR-6.1", "PIPL-13"],
    consentIds: ["PIPL-29", "PIPL-39"],
    noticeId: ["GDPR-13.1.e"],
    sensitiveCount: ["CAC-2024"],
    peopleCount: ["CAC-2024"],
    signalTestedOn: ["S-II.D-1"],
    client: ["GDPR-28-CLIENT-CONTRACT"],
    isBreach: ["H-BREACH"],
    saleNoticeOn: ["H-SALE"],
  },
  agreement: {
    signatories: ["S-III.A-2"],
    signing: ["H-SIGNING"],
    online: ["H-SIGNING"],
    knownHow: ["S-III.A-2"],
    checklist: ["S-III.A-3", "S-IV-4.2"],
  },
  assessment: { outcome: ["S-IV-4.1"], validUntil: ["S-IV-4.1"], kind: ["S-IV-4.3"] },
  consent: { wording: ["S-III.B-1.1"], parties: ["S-III.B-1.2"], captureMethod: ["S-III.B-1.1"] },
}
const CLAUSES = new Map(PACKS.flatMap((pack) => pack.clauses.map((clause) => [clause.id, clause] as const)))

/** Why a question is asked: the clause behind it, what it promises, and what to do about it. */
export function WhyWeAsk({ kind, field }: { kind: RecordKind; field: string }) {
  const clauses = (WHY[kind]?.[field] ?? []).flatMap((id) => CLAUSES.get(id) ?? [])
  if (clauses.length === 0) return null
  return (
    <details className="why">
      <summary>{say("form.why", { clauses: clauses.map((clause) => clause.id).join(", ") })}</summary>
      {clauses.map((clause) => (
        <p key={clause.id}>
          <strong>{clause.title}.</strong> {clause.duty} <span className="soft">{clause.remedy}</span>
        </p>
      ))}
    </details>
  )
}
