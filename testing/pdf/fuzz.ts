import { cast, inShort, look } from "./cast"
import { keeps, mutated, randomFrom, tampered, wholeFiles, type Whole } from "./mutate"

/** What came of so many changed files. `wrong` names those that were taken for whole, `broke` those that threw. */
export type Fuzzed = {
  files: number
  words: Record<string, number>
  wrong: string[]
  broke: string[]
  slowest: number
  seconds: number
}

const HOLDS = ["passed", "intact-untrusted"]

/** Changes whole files and looks at each: none may be taken for whole while a byte under its signature is another. */
export async function fuzz(files: number, seed: number): Promise<Fuzzed> {
  const whole = wholeFiles()
  const next = randomFrom(seed)
  const out: Fuzzed = { files, words: {}, wrong: [], broke: [], slowest: 0, seconds: 0 }
  const began = performance.now()
  for (let i = 0; i < files; i += 1) {
    const base = whole[next(whole.length)] as Whole
    const structured = next(5) === 0
    const pdf = structured ? tampered(base, next) : mutated(base.pdf, next)
    const start = performance.now()
    try {
      const report = await look(pdf, next(2) ? cast().pem : null)
      out.words[report.overall] = (out.words[report.overall] ?? 0) + 1
      const holds = HOLDS.includes(report.overall)
      if (holds && (structured || !keeps(base, pdf)))
        out.wrong.push(`seed ${seed}, file ${i} (${base.name}): ${inShort(report)}`)
    } catch (problem) {
      const told = String((problem as Error).message)
      // What is no PDF any more is refused by its name; anything else is a fault of ours.
      if (told.startsWith("signatures.refused.")) out.words.refused = (out.words.refused ?? 0) + 1
      else out.broke.push(`seed ${seed}, file ${i} (${base.name}): ${(problem as Error).stack}`)
    }
    out.slowest = Math.max(out.slowest, performance.now() - start)
  }
  out.seconds = (performance.now() - began) / 1000
  return out
}
