import { failed } from "@/app/failure"
import { problem, seeOther } from "@/app/outcome"
import { mainScene } from "@/app/scene"
import { ownPath, provider, redirectUri, wayCookie } from "@/app/sign-on"
import { refuse } from "@/domain/core/outcome"
import { wayToProvider, type SignOnFor } from "@/usecases/people/sign-on"

const WHYS: readonly SignOnFor[] = ["enter", "prove", "link", "join"]

/**
 * Sends the browser to the provider, and keeps in it, sealed, what must come back. A link and no form: our policy lets no form
 * lead elsewhere. It changes nothing; what follows is held against this browser alone.
 */
export async function GET(request: Request): Promise<Response> {
  try {
    const settings = provider()
    const asked = new URL(request.url).searchParams
    const why = WHYS.find((one) => one === (asked.get("for") ?? "enter"))
    if (!settings || !why) return problem(refuse("not-found", "not-found"))
    const to = why === "link" ? "/account" : ownPath(asked.get("to"))
    const invitation = asked.get("invitation")
    const way = await wayToProvider(await mainScene(request), settings, {
      ...{ for: why, redirectUri: redirectUri(), to, invitation },
    })
    if (way.ok) return seeOther(way.value.url, [await wayCookie(way.value.underWay)])
    if (why === "join")
      return seeOther(`/invitation/${encodeURIComponent(invitation ?? "")}?refused=${way.says}#refused`)
    return seeOther(`${why === "enter" ? "/sign-in" : "/account"}?refused=${way.says}#refused`)
  } catch (broken) {
    return failed(broken, request)
  }
}
