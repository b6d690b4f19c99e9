import { say } from "@/components/words/catalogue"
import type { Kept } from "@/usecases/people/kept"

/** What was wrong at each field of a form that was refused, as a sentence. */
export function wrongIn(before: Kept | null): ReadonlyMap<string, string> {
  return new Map((before?.refusal?.fields ?? []).map((field) => [field.path, say(field.says, field.params)]))
}
