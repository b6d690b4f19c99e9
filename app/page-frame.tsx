import { notFound, redirect } from "next/navigation"
import type { ReactNode } from "react"
import { ResetNotice } from "@/components/people/reset-notice"
import { AppShell } from "@/components/shell/app-shell"
import { instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { Outcome, Refusal } from "@/domain/core/outcome"
import type { Role } from "@/domain/people/roles"
import { mayAct } from "@/domain/people/permissions"
import { logMark } from "@/usecases/log/mark"
import { countInbox, type InboxCount } from "@/usecases/told/inbox"
import type { Scene } from "@/usecases/scene"
import type { Past } from "./clocks"
import { withClocks } from "./clocks"
import { askedFor } from "./answer-status"
import { boundWords } from "./bound-words"
import { pageScene } from "./scene"

/** The scene of a page behind sign-in; who is not signed in is asked to. */
export async function signedIn(): Promise<Scene & { actor: NonNullable<Scene["actor"]> }> {
  const scene = await pageScene()
  if (!scene.actor) redirect(toSignIn())
  return scene as Scene & { actor: NonNullable<Scene["actor"]> }
}

/** The way to sign in, and from there on to the page that was asked for, as by a mail's link. */
export function toSignIn(): string {
  const { method, path, search } = askedFor()
  const words = new URLSearchParams(search)
  words.delete("_rsc")
  const to = words.size ? `${path}?${words}` : path
  return method !== "GET" || to === "" || to === "/" ? "/sign-in" : `/sign-in?to=${encodeURIComponent(to)}`
}

/** The value of a look; what may not be read looks like what does not exist. */
export function shown<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  tellBeyond(outcome)
  if (outcome.says === "not-allowed.sign-in") redirect(toSignIn())
  notFound()
}

/** What is beyond the bounds of an account is no secret, and says how to stay within them: its page is the sentence. */
export function tellBeyond(refusal: Refusal): void {
  if (BEYOND.includes(refusal.says))
    throw Object.assign(new Error(refusal.says), { digest: `${BEYOND_SIGN}${refusal.says}` })
}
const BEYOND = ["not-allowed.outside-period", "not-allowed.bound"]
/** How the frame knows it again (app/in-frame.tsx). */
export const BEYOND_SIGN = "ONWARD_BEYOND;"

/** The distinct roles of the person who looks. */
export function rolesOf(scene: Scene): Role[] {
  return [...new Set((scene.actor?.held ?? []).map((held) => held.role))]
}

/** A page in its frame. */
export async function Frame({
  scene,
  current,
  past,
  children,
}: {
  scene: Scene
  current: string
  past?: Past | null
  children: ReactNode
}) {
  const reset = scene.actor?.kind === "person" ? scene.actor.reset : undefined
  return (
    <AppShell
      person={{
        name: scene.actor?.name ?? "",
        roles: rolesOf(scene),
        seat: scene.seat,
        inbox: await inboxOf(scene),
        bound: await boundWords(scene),
      }}
      register={scene.register}
      current={current}
      mark={await markOf(scene)}
      past={past ? { ...past, carry: (path) => withClocks(path, past.clocks) } : null}
    >
      {reset ? <ResetNotice reset={reset} /> : null}
      {children}
    </AppShell>
  )
}

/** What a printed page bears of the log; a page of a failure stands without it. */
async function markOf(scene: Scene): Promise<string | null> {
  const mark = await logMark(scene.db).catch(() => null)
  return mark && say("log.mark", { n: mark.size, root: mark.root, at: instantWords(mark.at) })
}

/** What waits for who looks; a page of a failure stands without it. */
async function inboxOf(scene: Scene): Promise<InboxCount | null> {
  if (!scene.actor || !mayAct("inbox.read", scene.actor).ok) return null
  const counted = await countInbox(scene, {}).catch(() => null)
  return counted?.ok ? counted.value : null
}

export type Words = Promise<Record<string, string | string[] | undefined>>

/** The first value of a word in the address. */
export function one(words: Record<string, string | string[] | undefined>, name: string): string {
  const value = words[name]
  return (Array.isArray(value) ? value[0] : value) ?? ""
}
