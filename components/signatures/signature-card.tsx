import Link from "next/link"
import { StatusTag, type Tone } from "@/components/ui/status-tag"
import { At, dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import type { SignatureResult } from "@/domain/signatures/report"

/** The way to a page of the file; null where this reader has no reader of papers to go to. */
export type ToPage = (page: number) => string | null

const TONE: Record<SignatureResult["verdict"]["indication"], Tone> = {
  passed: "good",
  failed: "bad",
  indeterminate: "warn",
}

/** One signature or timestamp of a file: by whom, when, whether it holds and why, and what came after it. */
export function SignatureCard({ one, toPage }: { one: SignatureResult; toPage: ToPage }) {
  const { verdict, time, coverage, later, chain } = one
  return (
    <li className="signature">
      <div className="row">
        <strong>{say(`signed.kind.${one.kind}`)}</strong>
        <Word one={one} />
      </div>
      <p>{one.by ? say(one.by.says, one.by.params) : say("signed.by-nobody")}</p>
      {verdict.reasons.length ? (
        <ul>
          {verdict.reasons.map((reason) => (
            <li key={reason.says + JSON.stringify(reason.params ?? {})}>{say(reason.says, reason.params)}</li>
          ))}
        </ul>
      ) : null}
      <dl>
        <Line of="time">
          {time.at ? (
            <>
              <Moment at={time.at} />, {say(`signatures.proof.${time.proof}`)}
            </>
          ) : (
            say("signatures.proof.none")
          )}
        </Line>
        <Stamps stamps={one.stamps} />
        <Line of="integrity">{say(`signed.integrity.${one.integrity}`)}</Line>
        <Line of="covers">{say(`signatures.coverage.${coverage.state}`)}</Line>
        <Line of="later">
          {say(`signatures.later.${later.state}`)}
          <Differences list={later.differences} toPage={toPage} />
        </Line>
        <Line of="trust">{say(`signatures.trust.${one.trust}`, { anchor: chain?.anchor ?? "" })}</Line>
        {one.revocation === "not-asked" ? null : (
          <Line of="revocation">{say(`signatures.revocation.${one.revocation}`)}</Line>
        )}
        {one.weak.length ? <Line of="weak">{say("signed.weak", { what: one.weak.join(", ") })}</Line> : null}
        <Stated claimed={one.claimed} />
        {one.page === null ? null : (
          <Line of="shown">
            <Page n={one.page} toPage={toPage} />
          </Line>
        )}
      </dl>
      <Certificate one={one} />
    </li>
  )
}

/** The one word for a signature. What was changed since goes before what it would be without that. */
function Word({ one: { verdict, integrity, trust, later } }: { one: SignatureResult }) {
  if (verdict.indication !== "failed" && later.state === "changed")
    return <StatusTag tone="bad">{say("signed.word.altered")}</StatusTag>
  if (verdict.indication === "indeterminate" && integrity === "intact" && trust === "no-list")
    return <StatusTag tone="review">{say("signed.word.intact-untrusted")}</StatusTag>
  return <StatusTag tone={TONE[verdict.indication]}>{say(`signatures.indication.${verdict.indication}`)}</StatusTag>
}

/** The timestamps that speak for the time of a signature: whose each is, and whether it holds. */
function Stamps({ stamps }: { stamps: SignatureResult["stamps"] }) {
  if (stamps.length === 0) return null
  return (
    <Line of="stamps">
      <ul className="differences">
        {stamps.map((stamp, i) => (
          <li key={i}>
            {stamp.time ? <Moment at={stamp.time} /> : say("signatures.proof.none")}
            {": "}
            {say(`signed.stamp.${stampWord(stamp)}`, { by: stamp.authority ?? say("signed.stamp.nobody") })}
          </li>
        ))}
      </ul>
    </Line>
  )
}

function stampWord(stamp: SignatureResult["stamps"][number]): string {
  if (stamp.unsupported) return "unsupported"
  if (!stamp.imprintOk || !stamp.signatureOk) return "broken"
  return stamp.chain?.trust === "reached" ? "trusted" : "unchecked"
}

/** What the file says of itself, which nothing proves. */
function Stated({ claimed }: { claimed: SignatureResult["claimed"] }) {
  const said = [claimed.name, claimed.reason, claimed.location].filter((one) => one !== null && one.trim() !== "")
  return said.length ? <Line of="stated">{say("signed.stated", { what: said.join(", ") })}</Line> : null
}

/** What was added after the signature, each with its page; what was not allowed goes first. */
function Differences({ list, toPage }: { list: SignatureResult["later"]["differences"]; toPage: ToPage }) {
  if (list.length === 0) return null
  const ordered = list.toSorted((a, b) => Number(a.allowed) - Number(b.allowed))
  return (
    <ul className="differences">
      {ordered.map((found, i) => (
        <li key={i}>
          {say(`signatures.change.${found.kind}`, { from: found.from ?? "", to: found.to ?? "" })}
          {found.field ? ` (${found.field})` : ""}
          {found.page ? (
            <>
              , <Page n={found.page} toPage={toPage} />
            </>
          ) : null}
          : {say(found.allowed ? "signatures.line.allowed" : "signatures.line.not-allowed")}
        </li>
      ))}
    </ul>
  )
}

function Page({ n, toPage }: { n: number; toPage: ToPage }) {
  const href = toPage(n)
  const words = say("signatures.line.page", { page: n })
  return href ? (
    <Link href={href} prefetch={false}>
      {words}
    </Link>
  ) : (
    words
  )
}

/** The certificate of who signed: what it says, who issued it, for which days, and how to tell it from another. */
function Certificate({ one: { signer, scheme, digest, level, subFilter } }: { one: SignatureResult }) {
  if (!signer) return null
  return (
    <details>
      <summary>{say("signed.certificate")}</summary>
      <dl>
        <Line of="subject">{signer.subject}</Line>
        <Line of="issuer">{signer.issuer}</Line>
        <Line of="serial">
          <code>{signer.serial}</code>
        </Line>
        <Line of="valid">{say("signed.valid", { from: dayOf(signer.notBefore), to: dayOf(signer.notAfter) })}</Line>
        <Line of="fingerprint">
          <code>{signer.sha256}</code>
        </Line>
        {digest ? (
          <Line of="algorithm">
            {digest}
            {scheme ? `, ${scheme}` : ""}
          </Line>
        ) : null}
        <Line of="form">
          {subFilter ?? say("signatures.proof.none")}
          {level ? `, PAdES ${level}` : ""}
        </Line>
      </dl>
    </details>
  )
}

function Line({ of, children }: { of: string; children: React.ReactNode }) {
  return (
    <>
      <dt>{say(`signed.label.${of}`)}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** A moment out of a file: what is no date is shown as it stands there. */
function Moment({ at }: { at: string }) {
  return Number.isNaN(Date.parse(at)) ? <>{at}</> : <At instant={at} />
}

const dayOf = (at: string): string => (Number.isNaN(Date.parse(at)) ? at : dayWords(at.slice(0, 10)))
