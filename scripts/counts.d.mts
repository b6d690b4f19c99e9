export type Counts = { passed: number; failed: number }
export function vitestCounts(text: string, code: number): Counts
export function playwrightCounts(text: string, code: number): Counts
export function sumOf(results: Counts[]): Counts
