import { say } from "@/components/words/catalogue"
import { markedCsv } from "@/domain/exports/marked-csv"
import type { Scene } from "@/usecases/scene"
import { boundWords } from "./bound-words"

/** Who takes something away, when, and within what, in a line; null where nobody has to say so. */
export async function takenBy(scene: Scene): Promise<string | null> {
  return (await boundWords(scene))?.printed ?? null
}

/** A table as it is given: a supervisor's says in every line who took it and when. */
export async function marked(scene: Scene, csv: string): Promise<string> {
  const words = await takenBy(scene)
  return words === null ? csv : markedCsv(csv, say("bound.column"), words)
}
