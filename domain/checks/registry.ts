import type { Check } from "./types"
export const CHECKS: Record<string, Check> = {}
