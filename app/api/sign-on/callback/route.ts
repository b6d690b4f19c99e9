import { cookieText, SAMPLE_COOKIE, sessionCookie } from "@/app/cookies"
import { failed } from "@/app/failure"
import { problem, seeOther } from "@/app/outcome"
import { mainScene } from "@/app/scene"
import { foundCookie, heldInvitation, provider, redirectUri, underWayOf, wayCookie, type Provider } from "@/app/sign-on"
import { refuse, type Refusal } from "@/domain/core/outcome"
import { foundAtProvider, proveByProvider, signOn, whoCame, type UnderWay } from "@/usecases/people/sign-on"

/** Where the provider sends people back: what was begun in this browser is ended here, once, and never without it. */
export async function GET(request: Request): Promise<Response> {
  try {
    const settings = provider()
    if (!settings) return problem(refuse("not-found", "not-found"))
    const underWay = await underWayOf(request.headers.get("cookie"))
    if (!underWay) return refused("/sign-in", refuse("not-allowed", "not-allowed.sign-on-not-begun"))
    return await ended(request, settings, underWay)
  } catch (broken) {
    return failed(broken, request)
  }
}

async function ended(request: Request, settings: Provider, underWay: UnderWay): Promise<Response> {
  // The address as people know it: a proxy may stand before us.
  const back = new URL(redirectUri())
  back.search = new URL(request.url).search
  const page = pageOf(underWay)
  const came = await whoCame(settings, back, underWay)
  if (!came.ok) return refused(page, came)
  const scene = await mainScene(request)
  if (underWay.for === "enter") {
    const entered = await signOn(scene, came.value, (request.headers.get("user-agent") ?? "").slice(0, 500))
    if (!entered.ok) return refused(page, entered)
    const cookies = [await sessionCookie(entered.value.secret), cookieText(SAMPLE_COOKIE, "", 0), await wayCookie(null)]
    return seeOther(underWay.to, cookies)
  }
  if (underWay.for === "prove") {
    const proved = await proveByProvider(scene, came.value, underWay)
    return proved.ok ? seeOther(underWay.to, [await wayCookie(null)]) : refused(page, proved)
  }
  const found = foundAtProvider(came.value, underWay)
  if (!found.ok) return refused(page, found)
  const { sid } = came.value
  if (underWay.for === "join") {
    const session = heldInvitation(underWay.invitation ?? "")
    return seeOther(`${page}?found=yes`, [await wayCookie(null), await foundCookie({ ...found.value, session, sid })])
  }
  const kept = underWay.session ? await foundCookie({ ...found.value, session: underWay.session, sid }) : null
  return seeOther("/account?link=found#link", [await wayCookie(null), ...(kept ? [kept] : [])])
}

/** The page of ours that somebody left, and where a refusal is shown. */
function pageOf(underWay: UnderWay): string {
  if (underWay.for === "join") return `/invitation/${encodeURIComponent(underWay.invitation ?? "")}`
  return underWay.for === "enter" ? "/sign-in" : underWay.for === "link" ? "/account" : underWay.to
}

async function refused(page: string, refusal: Refusal): Promise<Response> {
  const url = new URL(page, "http://here")
  url.searchParams.set("refused", refusal.says)
  return seeOther(`${url.pathname}${url.search}#refused`, [await wayCookie(null)])
}
