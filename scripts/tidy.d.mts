export function isTimely(at: { worked: number; heap: number; after: number }): boolean
export function tidyAtRest(): void
