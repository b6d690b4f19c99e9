import { unstable_rethrow } from "next/navigation"
import type { ReactNode } from "react"
import { Broken, Missing } from "@/components/shell/instead"
import { isAway } from "@/usecases/running/ready"
import { answerWith, askedFor } from "./answer-status"
import { noteFailure } from "./failure"
import { say } from "@/components/words/catalogue"
import { BEYOND_SIGN, Frame } from "./page-frame"
import { AWAY, pageScene } from "./scene"

/**
 * A page whose refusals and failures stand in the frame as well, each with its status and without script. What may not be
 * seen is answered exactly as what does not exist.
 */
export function inFrame<P>(show: (props: P) => ReactNode | Promise<ReactNode>): (props: P) => Promise<ReactNode> {
  return async (props) => {
    try {
      return await show(props)
    } catch (problem) {
      if (isMissing(problem)) return missing()
      if (digestOf(problem).startsWith(BEYOND_SIGN)) return beyond(digestOf(problem).slice(BEYOND_SIGN.length))
      unstable_rethrow(problem)
      const { method, path } = askedFor()
      return broken(noteFailure(problem, method, path), isAway(problem) || digestOf(problem) === AWAY)
    }
  }
}

/** Next's own sign of `notFound()`. */
const isMissing = (problem: unknown): boolean => digestOf(problem) === "NEXT_HTTP_ERROR_FALLBACK;404"

function digestOf(problem: unknown): string {
  return typeof problem === "object" && problem !== null && "digest" in problem ? String(problem.digest) : ""
}

/** What stands where there is nothing that this reader may read. */
export async function missing(): Promise<ReactNode> {
  answerWith(404)
  const scene = await pageScene()
  if (!scene.actor) return <Missing signedIn={false} />
  return (
    <Frame scene={scene} current="">
      <Missing signedIn />
    </Frame>
  )
}

async function beyond(says: string): Promise<ReactNode> {
  answerWith(404)
  return (
    <Frame scene={await pageScene()} current="">
      <h1>{say("bound.beyond")}</h1>
      <p className="lede">{say(says)}</p>
    </Frame>
  )
}

async function broken(id: string, away: boolean): Promise<ReactNode> {
  answerWith(away ? 503 : 500)
  // What failed may be what tells who looks: then the page stands alone.
  const scene = await pageScene().catch(() => null)
  if (!scene?.actor) return <Broken id={id} framed={false} away={away} />
  return (
    <Frame scene={scene} current="">
      <Broken id={id} framed away={away} />
    </Frame>
  )
}
