import type { Metadata } from "next"
import Link from "next/link"
import { say } from "@/components/words/catalogue"
import { inFrame } from "@/app/in-frame"
import { Frame, signedIn } from "@/app/page-frame"

export const metadata: Metadata = { title: say("welcome.title") }

async function Welcome() {
  const scene = await signedIn()
  return (
    <Frame scene={scene} current="/welcome">
      <h1>{say("welcome.title")}</h1>
      <p className="lede soft">{say("welcome.lede")}</p>
      <section className="card stack">
        <h2>{say("welcome.start")}</h2>
        <p>{say("welcome.start-help")}</p>
        <Link className="button primary" href="/admin/entities" prefetch={false}>
          {say("welcome.start")}
        </Link>
      </section>
      <section className="card stack">
        <h2>{say("welcome.sample")}</h2>
        <p>{say("welcome.sample-help")}</p>
        <form method="post" action="/api/v1/sample">
          <button type="submit" name="role" value="requester">
            {say("welcome.sample")}
          </button>
        </form>
      </section>
    </Frame>
  )
}

export default inFrame(Welcome)
