export function manifestIn(code: string): Record<string, unknown> | null
export function readManifestsPlainly(): void
