import { say } from "@/components/words/catalogue"
import type { PackScope } from "@/domain/checks/types"
import { SUBJECTS } from "@/domain/vocabulary/subjects"
import { termOf } from "@/domain/vocabulary/term"

/** For whom a text is written, in words. */
export function scopeWords(scope: Omit<PackScope, "regimes">, names: Readonly<Record<string, string>>): string {
  const parts = [
    ...(scope.entities ?? []).map((id) => names[id] ?? id),
    ...(scope.products ?? []),
    ...(scope.subjects ?? []).map((code) => termOf(SUBJECTS, code)?.label ?? code),
  ]
  return say("own.for", { whom: parts.length ? parts.join(", ") : say("own.for-all") })
}
