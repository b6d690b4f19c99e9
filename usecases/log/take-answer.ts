import { noteText, readNote } from "@/domain/audit/note"
import { OPERATOR, type Scene } from "@/usecases/scene"
import { bringCheckpoint } from "./witnesses"

const LINE = /^\u2014 [^ ]+ [A-Za-z0-9+/=]+$/
const MOST_LINES = 20

/**
 * What a witness answered to a checkpoint that was sent to them: the lines of their signature (c2sp.org/tlog-witness), or the whole
 * note with these under it. It is taken in like one that somebody brought back, held against our own note and the keys of those who are
 * named. Gives what is wrong with it, for the page; null: nothing, or it says nothing of the kind.
 */
export async function takeAnswer(
  scene: Scene,
  sent: { note: string; key: string | null },
  answer: string | undefined,
): Promise<string | null> {
  if (answer === undefined || sent.key === null) return null
  const note = answered(sent.note, answer.replace(/\r\n/g, "\n"))
  if (note === null) return null
  const taken = await bringCheckpoint({ ...scene, actor: OPERATOR }, { note })
  if (taken.ok || taken.says === "witness.known-already") return null
  const wrong = taken.fields?.[0]?.says ?? taken.says
  return `answer:${wrong.replace("witness.", "").slice(0, 40)}`
}

function answered(ours: string, said: string): string | null {
  const own = readNote(ours)
  if (readNote(said) || !own) return said
  const lines = said.split("\n").filter((line) => line !== "")
  if (lines.length === 0 || lines.length > MOST_LINES || !lines.every((line) => LINE.test(line))) return null
  return `${noteText(own)}${lines.join("\n")}\n`
}
