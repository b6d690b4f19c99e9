import { bodyOf, isForm } from "@/app/body"
import { failed } from "@/app/failure"
import { problem } from "@/app/outcome"
import { mainScene } from "@/app/scene"
import { provider } from "@/app/sign-on"
import { refuse } from "@/domain/core/outcome"
import { signedOutThere } from "@/usecases/people/provider-sign-out"

/**
 * Where the provider says that somebody signed out there. No browser of ours comes here: no cookie is listened to, and who speaks
 * is known by the signature alone.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    const settings = provider()
    if (!settings) return problem(refuse("not-found", "not-found"))
    const body = isForm(request) ? await bodyOf(request) : null
    const token = body?.ok ? body.value.form?.logout_token : undefined
    const bare = new Request(request.url, {
      headers: { "x-onward-caller": request.headers.get("x-onward-caller") ?? "" },
    })
    const outcome = await signedOutThere(await mainScene(bare), settings, token)
    if (outcome.ok) return new Response(null, { status: 200, headers: { "cache-control": "no-store" } })
    const busy = outcome.code === "conflict"
    return new Response(JSON.stringify({ error: busy ? "temporarily_unavailable" : "invalid_request" }), {
      status: busy ? 503 : 400,
      headers: {
        ...{ "content-type": "application/json", "cache-control": "no-store" },
        ...(busy ? { "retry-after": "30" } : {}),
      },
    })
  } catch (broken) {
    return failed(broken, request)
  }
}
