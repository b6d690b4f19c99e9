import { readFile } from "node:fs/promises"
import { scenarioWords, summaryWords } from "@/components/whatif/what-if-words"
import { AT_ONCE } from "@/usecases/whatif/work-out"
import { readWhatIf } from "@/usecases/whatif/read-what-if"
import type { Call } from "./commands"
import { must, print, Refused } from "./say"
import { commandScene, findPlace } from "./wiring"

/**
 * `what-if SCENARIO`: a scenario as JSON, or the name of a file that holds one, answered as
 * `{question, scenario, total, summary, sharings}`. Nothing is written.
 */
export async function whatIf(call: Call): Promise<void> {
  const [word] = call.words
  if (!word)
    throw new Refused(
      'Say what to suppose: what-if \'{"kind":"loses-adequacy","regime":"EU","country":"JP","on":"2027-03-01"}\'.',
    )
  const scenario = asJson(word.trim().startsWith("{") ? word : await readFile(word, "utf8"))
  const place = findPlace(call.options.sample ? "sample" : "main")
  try {
    const { scene, close } = await commandScene(place)
    try {
      const page = must(await readWhatIf(scene, { scenario, size: AT_ONCE }))
      const { summary, subject, total, lines } = page
      if (!summary)
        throw new Refused(
          `It touches ${total} sharings: open it in the browser, where it is worked out in the background.`,
        )
      const out = {
        question: scenarioWords(page.scenario, subject),
        scenario: page.scenario,
        total,
        summary,
        sharings: lines,
      }
      print(
        call.json,
        out,
        [
          out.question,
          ...summaryWords(summary),
          ...lines.map((line) => `${line.change}\t${line.from ?? ""}\t${line.id}\t${line.title}\t${line.partyName}`),
        ].join("\n"),
      )
    } finally {
      await close()
    }
  } finally {
    place.leave()
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Refused("What is supposed is not JSON.")
  }
}
