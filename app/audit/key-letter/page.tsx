import type { Metadata } from "next"
import { At, instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { readKeyLetter, type LetterKey } from "@/usecases/log/key-letter"
import { verifyPage } from "@/usecases/exports/verify-page"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn } from "@/app/page-frame"

export const metadata: Metadata = { title: say("key-letter.title") }

/** A letter about the log's key, to be printed and signed before a visit. */
async function Letter() {
  const scene = await signedIn()
  const letter = shown(await readKeyLetter(scene, {}))
  const page = verifyPage()
  return (
    <Frame scene={scene} current="/audit/events">
      <h1>{say("key-letter.title")}</h1>
      <p className="lede no-print">{say("key-letter.lede")}</p>
      <section className="card stack" aria-label={say("key-letter.title")}>
        <p>{say("key-letter.says", { origin: letter.origin, at: instantWords(letter.now) })}</p>
        {letter.key ? <Key one={letter.key} /> : <p>{say("key-letter.none")}</p>}
        <dl className="key">
          <dt>{say("key-letter.origin")}</dt>
          <dd className="mono">{letter.origin}</dd>
          <dt>{say("key-letter.signed")}</dt>
          <dd>
            {letter.signed
              ? say("key-letter.size", { n: letter.signed.size, at: instantWords(letter.signed.at) })
              : say("log.unsigned")}
          </dd>
          {letter.signed ? (
            <>
              <dt>{say("key-letter.root")}</dt>
              <dd className="mono">{letter.signed.root}</dd>
            </>
          ) : null}
          {page ? (
            <>
              <dt>{say("key-letter.page")}</dt>
              <dd className="mono">{page.sha256}</dd>
            </>
          ) : null}
        </dl>
        {letter.before.length > 0 ? (
          <>
            <h2>{say("key-letter.before")}</h2>
            {letter.before.map((one) => (
              <Key key={one.id} one={one} />
            ))}
          </>
        ) : null}
        <h2>{say("key-letter.how")}</h2>
        <ol>
          <li>{say("key-letter.step-sign")}</li>
          <li>{say("key-letter.step-compare")}</li>
          <li>{say("key-letter.step-size")}</li>
        </ol>
        <dl className="key">
          {["key-letter.place", "key-letter.name", "key-letter.signature"].map((key) => (
            <Line key={key} label={say(key)} />
          ))}
        </dl>
      </section>
    </Frame>
  )
}

function Key({ one }: { one: LetterKey }) {
  return (
    <>
      <p className="mono">{one.print}</p>
      <p className="soft">
        {say("key-letter.since", { id: one.id, index: one.index })} <At instant={one.at} />
      </p>
    </>
  )
}

/** A line to be written on by hand. */
function Line({ label }: { label: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd aria-hidden="true">________________________________________</dd>
    </>
  )
}

export default inFrame(Letter)
