/** Why a PDF is not read further. */
export type PdfTrouble =
  | "not-a-pdf"
  | "needs-repair"
  | "encrypted"
  | "too-deep"
  | "too-many-objects"
  | "too-many-revisions"
  | "inflates-too-far"

/** A PDF that cannot be relied on as it stands. */
export class PdfError extends Error {
  constructor(
    readonly trouble: PdfTrouble,
    readonly at?: string,
  ) {
    super(at ? `${trouble}: ${at}` : trouble)
  }
}

export const PDF_LIMITS = {
  depth: 100,
  inflatedBytes: 100 * 1024 * 1024,
  objects: 1_000_000,
  revisions: 500,
}

/** What reading one file may still spend. */
export type Budget = { inflated: number; objects: number }

/** All that one file may spend. */
export function freshBudget(): Budget {
  return { inflated: PDF_LIMITS.inflatedBytes, objects: PDF_LIMITS.objects }
}

/** Takes bytes off what may still be inflated; refuses when there is nothing left. */
export function spendInflated(budget: Budget, bytes: number): void {
  budget.inflated -= bytes
  if (budget.inflated < 0) throw new PdfError("inflates-too-far")
}

/** Takes objects off what may still be named; refuses when there is nothing left. */
export function spendObjects(budget: Budget, count: number): void {
  budget.objects -= count
  if (budget.objects < 0) throw new PdfError("too-many-objects")
}
