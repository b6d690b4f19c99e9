/** For how many months what suppliers answered is kept: at least, at most, and where nobody said. */
export const KEEP_MONTHS = { least: 1, most: 120, usual: 24 } as const

/** For how many months it is kept by what an administrator said last; null: nobody said. */
export function monthsKept(said: { months: number } | null): number {
  return said?.months ?? KEEP_MONTHS.usual
}
