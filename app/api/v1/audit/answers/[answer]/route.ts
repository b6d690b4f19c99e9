import { attemptsCsv, closedCsv, csvFile, recipientsCsv, rolesCsv, sampleCsv } from "@/app/answers-csv"
import { storyCsv } from "@/app/story-csv"
import { problem } from "@/app/outcome"
import { requestScene } from "@/app/scene"
import { clocksOf } from "@/app/clocks"
import { sampleShape } from "@/domain/answers/drawn"
import { readRecipients as readQuestion } from "@/domain/answers/recipients"
import { refuse } from "@/domain/core/outcome"
import { drawSample } from "@/usecases/answers/draw-sample"
import { wholePartyStory } from "@/usecases/answers/party-story"
import { allRecipients } from "@/usecases/answers/recipients"
import { closedRequests } from "@/usecases/answers/requests-then"
import { rolesOn } from "@/usecases/answers/roles-on"
import { listRefusals } from "@/usecases/audit/list-refusals"
import { takesOut } from "@/usecases/exports/mainland"
import type { Scene } from "@/usecases/scene"

type Asked = {
  scene: Scene
  words: URLSearchParams
  asOf: ReturnType<typeof clocksOf>["asOf"]
  on: ReturnType<typeof clocksOf>["on"]
}

/** A file of a list holds so many lines at most. */
const MOST = 5_000

const FILES: Record<string, (asked: Asked) => Promise<Response>> = {
  "recipients.csv": async ({ scene, words, asOf, on }) => {
    const { query } = readQuestion(words)
    const found = await allRecipients(scene, { query, asOf, on })
    return found.ok ? csvFile(scene, "recipients", recipientsCsv(found.value), found.value.cut) : problem(found)
  },
  "sample.csv": async ({ scene, words, asOf, on }) => {
    const said = ["seed", "by", "how", "n", "least"].flatMap((name) => {
      const word = words.get(name)
      return word === null || word === "" ? [] : [[name, word]]
    })
    const query = sampleShape.safeParse(Object.fromEntries(said))
    if (!query.success) return problem(refuse("invalid", "invalid.form"))
    const stays = await takesOut(scene)
    if (stays) return problem(stays)
    const found = await drawSample(scene, { query: query.data, asOf, on })
    return found.ok ? csvFile(scene, "sample", sampleCsv(found.value, query.data)) : problem(found)
  },
  "roles.csv": async ({ scene, asOf }) => {
    const found = await rolesOn(scene, { asOf, size: MOST })
    return found.ok ? csvFile(scene, "roles", rolesCsv(found.value), found.value.next !== null) : problem(found)
  },
  "attempts.csv": async ({ scene, asOf }) => {
    const found = await listRefusals(scene, { asOf, size: MOST })
    return found.ok ? csvFile(scene, "attempts", attemptsCsv(found.value), found.value.next !== null) : problem(found)
  },
  "story.csv": async ({ scene, words, asOf, on }) => {
    const found = await wholePartyStory(scene, { id: words.get("party") ?? "", asOf, on })
    return found.ok ? csvFile(scene, "story", storyCsv(found.value), found.value.next !== null) : problem(found)
  },
  "refused.csv": (asked) => closed(asked, "refused"),
  "withdrawn.csv": (asked) => closed(asked, "withdrawn"),
}

async function closed({ scene, asOf }: Asked, state: "refused" | "withdrawn"): Promise<Response> {
  const found = await closedRequests(scene, { state, asOf, size: MOST })
  return found.ok ? csvFile(scene, state, closedCsv(found.value, state), found.value.next !== null) : problem(found)
}

/** `GET /api/v1/audit/answers/<answer>.csv`: an answer as a file, with the words of its page's address. */
export async function GET(request: Request, context: { params: Promise<{ answer: string }> }): Promise<Response> {
  const { answer } = await context.params
  const words = new URL(request.url).searchParams
  const file = Object.hasOwn(FILES, answer) ? FILES[answer] : undefined
  if (!file) return problem(refuse("not-found", "not-found"))
  const { asOf, on } = clocksOf(words.get("as-of") ?? "", words.get("on") ?? "")
  return file({ scene: await requestScene(request), words, asOf, on })
}
