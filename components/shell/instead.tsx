import Link from "next/link"
import type { ReactNode } from "react"
import { sayHere as say } from "@/components/words/in-browser"

/** What stands where there is nothing to read: why that may be, whom to ask, and the ways on. */
export function Missing({ signedIn }: { signedIn: boolean }) {
  return (
    <Alone framed={signedIn}>
      <h1>{say("missing.title")}</h1>
      <p className="lede">{say("missing.body")}</p>
      <p className="row">
        <Link className="button primary" href={signedIn ? "/" : "/sign-in"} prefetch={false}>
          {say(signedIn ? "missing.home" : "signin.go")}
        </Link>
      </p>
    </Alone>
  )
}

/**
 * What stands where something broke: that nothing was changed, what to do, and the number to say. `away`: the register
 * itself cannot be reached.
 */
export function Broken({ id, framed, away }: { id: string; framed: boolean; away?: boolean }) {
  return (
    <Alone framed={framed}>
      <h1>{say(away ? "error.away-title" : "error.title")}</h1>
      <p className="lede">{away ? say("conflict.away") : say("error.body", { id })}</p>
      <p className="row">
        <a className="button primary" href="">
          {say("error.retry")}
        </a>
        <Link className="button" href="/" prefetch={false}>
          {say("missing.home")}
        </Link>
      </p>
    </Alone>
  )
}

function Alone({ framed, children }: { framed: boolean; children: ReactNode }) {
  if (framed) return <>{children}</>
  return (
    <main className="plain stack" id="main">
      {children}
    </main>
  )
}
