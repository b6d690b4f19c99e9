import { say } from "@/components/words/catalogue"
import { PROOF_FIELD } from "@/components/people/prove"
import { good, refuse, type Outcome, type Refusal } from "@/domain/core/outcome"
import { forget, keep } from "@/usecases/people/kept"
import { proveSelf } from "@/usecases/people/sessions"
import type { Scene } from "@/usecases/scene"
import { bodyOf, isForm, type Fields } from "./body"
import { cookieText, SAMPLE_COOKIE, typedCookie } from "./cookies"
import { failed } from "./failure"
import { mainScene, requestScene } from "./scene"

export type { Fields } from "./body"

const STATUS = { invalid: 422, "not-found": 404, "not-allowed": 403, conflict: 409, blocked: 409 } as const

/** A refusal as RFC 9457 problem+json; `type` is a stable address per sentence. */
export function problem(refusal: Refusal): Response {
  const signIn = refusal.says === "not-allowed.sign-in"
  const body = {
    type: `/problems/${refusal.says}`,
    title: say(refusal.says, refusal.params),
    status: signIn ? 401 : STATUS[refusal.code],
    code: refusal.code,
    ...(refusal.leadsTo ? { leadsTo: refusal.leadsTo } : {}),
    fields: refusal.fields?.map((field) => ({ ...field, title: say(field.says, field.params) })),
    findings: refusal.findings?.map((finding) => ({
      clause: finding.clause,
      severity: finding.severity,
      recordKind: finding.recordKind,
      recordId: finding.recordId,
      message: say(finding.says, finding.params),
    })),
  }
  return new Response(JSON.stringify(body), {
    status: body.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  })
}

/** A value as JSON. */
export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json", "cache-control": "private, no-store" },
  })
}

/** To another page after a form went through. */
export function seeOther(path: string, cookies: string[] = []): Response {
  const headers = new Headers({ location: path, "cache-control": "no-store" })
  for (const cookie of cookies) headers.append("set-cookie", cookie)
  return new Response(null, { status: 303, headers })
}

/** The path of ours that the form was sent from; never another site's. */
export function cameFrom(request: Request, otherwise: string): string {
  try {
    const from = new URL(request.headers.get("referer") ?? "")
    return from.origin === ownOrigin() ? `${from.pathname}${from.search}` : otherwise
  } catch {
    return otherwise
  }
}

function ownOrigin(): string {
  return new URL(process.env.NEXTAUTH_URL ?? "http://127.0.0.1:3000").origin
}

/**
 * Changes come from ourselves: the Origin is ours, or a token speaks, and then no cookie is listened to. A server
 * action is none of ours: there are no such doors.
 */
export function fromOurselves(request: Request): boolean {
  if (request.headers.has("next-action")) return false
  if (request.headers.has("authorization")) return true
  return request.headers.get("origin") === ownOrigin()
}

type Door<P> = {
  /** From what was sent and the address's own parts to the use case's input. Forms send text only. */
  input: (sent: Record<string, unknown>, params: P, form: boolean) => unknown
  call: { (scene: Scene, input: unknown, request: Request): Promise<Outcome<unknown>>; actName?: string }
  /** `main`: this is about accounts of the real register, even while a visitor looks around in the sample. */
  register?: "main"
  /** Where a form goes when it went through. */
  to: (value: never, params: P, sent: Record<string, unknown>) => string
  status?: number
  cookies?: (value: never) => Promise<string[]> | string[]
  /** What the next page shows once: a link or a token, kept for this session and never in an address. */
  show?: (value: never) => Record<string, string>
  /** What a machine gets; by default the value. */
  answer?: (value: never) => unknown
}

type Handler<P> = { (request: Request, context: { params: Promise<P> }): Promise<Response>; actName?: string }

/** A route handler: parses, calls one use case, answers a form with a page and a machine with JSON. */
export function door<P = Record<string, never>>(way: Door<P>): Handler<P> {
  const handle = async (request: Request, context: { params: Promise<P> }): Promise<Response> => {
    try {
      return await through(way, request, await context.params)
    } catch (broken) {
      return failed(broken, request)
    }
  }
  return Object.assign(handle, { actName: way.call.actName })
}

async function through<P>(way: Door<P>, request: Request, params: P): Promise<Response> {
  const form = isForm(request)
  // A page that saves while somebody types sends a form and wants no page back.
  const wantsPage = form && !request.headers.has("x-onward-quiet")
  if (!fromOurselves(request)) return problem(refuse("not-allowed", "not-allowed.foreign-origin"))
  const scene = way.register === "main" ? await mainScene(request) : await requestScene(request)
  const body = await bodyOf(request)
  if (!body.ok) return problem(body)
  const value = body.value.value
  const sent = (typeof value === "object" && value !== null && !Array.isArray(value) ? value : {}) as Record<
    string,
    unknown
  >
  const proof = await proofSent(scene, sent, request)
  const outcome = proof.ok ? await way.call(proof.value, way.input(sent, params, form), request) : proof
  const back = cameFrom(request, "/")
  if (!outcome.ok) return wantsPage ? refusedForm(scene, back, outcome, body.value.form ?? {}) : problem(outcome)
  return answered(way, { scene, params, sent, back, form: wantsPage, value: outcome.value as never })
}

/** A password sent beside an act is looked at first: whoever proves to be here may go on for five minutes. */
async function proofSent(scene: Scene, sent: Record<string, unknown>, request: Request): Promise<Outcome<Scene>> {
  const password = sent[PROOF_FIELD]
  delete sent[PROOF_FIELD]
  if (typeof password !== "string" || password === "") return good(scene)
  const proved = await proveSelf(scene, { password, address: request.headers.get("x-onward-caller") ?? "" })
  if (!proved.ok) return proved
  const { actor } = scene
  return good(actor?.kind === "person" ? { ...scene, actor: { ...actor, provedAt: scene.now } } : scene)
}

type Went<P> = { scene: Scene; params: P; sent: Record<string, unknown>; back: string; form: boolean; value: never }

async function answered<P>(way: Door<P>, { scene, params, sent, back, form, value }: Went<P>): Promise<Response> {
  const cookies = (await way.cookies?.(value)) ?? []
  if (!form) {
    const answer = json(way.answer ? way.answer(value) : value, way.status ?? 200)
    for (const cookie of cookies) answer.headers.append("set-cookie", cookie)
    return answer
  }
  await forget(scene, pathOf(back))
  const to = way.to(value, params, sent)
  if (way.show) await keep(scene, pathOf(to), { shown: way.show(value) })
  return seeOther(to, [...cookies, ...(scene.actor ? [] : [typedCookie("", {})])])
}

const pathOf = (address: string): string => address.split("?")[0] ?? address

async function refusedForm(scene: Scene, back: string, refusal: Refusal, input: Fields): Promise<Response> {
  const secretless = Object.fromEntries(Object.entries(input).filter(([name]) => !/password|link|token/i.test(name)))
  await keep(scene, pathOf(back), { refusal, input: secretless })
  const url = new URL(back, "http://here")
  url.searchParams.set("refused", refusal.says)
  if (refusal.params?.seconds) url.searchParams.set("seconds", String(refusal.params.seconds))
  if (refusal.leadsTo) url.searchParams.set("leads", refusal.leadsTo)
  else url.searchParams.delete("leads")
  if (refusal.fields?.[0]) url.searchParams.set("field", refusal.fields[0].says)
  else url.searchParams.delete("field")
  const typed = scene.actor ? [] : [typedCookie(url.pathname, secretless)]
  return seeOther(`${url.pathname}${url.search}#refused`, typed)
}

/** The cookie that ends a visit to the sample company. */
export function leaveSample(): string {
  return cookieText(SAMPLE_COOKIE, "", 0)
}
