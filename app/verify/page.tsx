import type { Metadata } from "next"
import { say } from "@/components/words/catalogue"
import { verifyPage } from "@/usecases/exports/verify-page"
import { inFrame } from "@/app/in-frame"

export const metadata: Metadata = { title: say("verify.title") }

/** Where anybody gets the page that checks packages, and reads the hash by which it is known. */
function Verify() {
  const page = verifyPage()
  return (
    <main className="plain stack" id="main">
      <p className="mark">{say("app.name")}</p>
      <div className="card stack">
        <h1>{say("verify.title")}</h1>
        <p>{say("verify.lede")}</p>
        {page ? (
          <>
            <p>
              <a className="button primary" href="/verify/verify.html" download>
                {say("verify.get")}
              </a>{" "}
              <a href="/verify/verify.source.txt" download>
                {say("verify.source")}
              </a>
            </p>
            <dl className="key">
              <dt>{say("verify.hash")}</dt>
              <dd className="mono">{page.sha256}</dd>
            </dl>
            <p className="soft">{say("verify.hash-why")}</p>
          </>
        ) : (
          <p>{say("verify.not-built")}</p>
        )}
        <h2>{say("verify.how")}</h2>
        <ol>
          <li>{say("verify.step-get")}</li>
          <li>{say("verify.step-hash")}</li>
          <li>{say("verify.step-drop")}</li>
          <li>{say("verify.step-key")}</li>
          <li>{say("verify.step-older")}</li>
        </ol>
        <p className="soft">{say("verify.not")}</p>
      </div>
    </main>
  )
}

export default inFrame(Verify)
