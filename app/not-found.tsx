import Link from "next/link"
import { say } from "@/components/words/catalogue"

export default function NotFound() {
  return (
    <main className="plain stack" id="main">
      <h1>{say("missing.title")}</h1>
      <p>{say("missing.body")}</p>
      <p>
        <Link className="button" href="/" prefetch={false}>
          {say("nav.home")}
        </Link>
      </p>
    </main>
  )
}
