import { say } from "@/components/words/catalogue"
import { dayWords } from "@/components/ui/when"
import type { TrustDifference, TrustedRoot } from "@/domain/signatures/trust-list"

const MOST = 200

/** Roots with what they vouch for, until when, and by which fingerprint they are known. */
export function Roots({
  id,
  title,
  roots,
  at,
}: {
  id: string
  title: string
  roots: readonly TrustedRoot[]
  at: string
}) {
  if (roots.length === 0) return null
  return (
    <>
      <div className="scroll" role="region" aria-labelledby={id} tabIndex={0}>
        <table className="list">
          <caption id={id}>{title}</caption>
          <thead>
            <tr>
              {["subject", "use", "until", "fingerprint"].map((column) => (
                <th key={column} scope="col">
                  {say(`trust.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {roots.slice(0, MOST).map((root) => (
              <tr key={`${root.sha256}${root.use}`}>
                <th scope="row">{root.subject}</th>
                <td data-label={say("trust.use")}>{say(`trust.use.${root.use}`)}</td>
                <td data-label={say("trust.until")}>
                  {dayWords(root.notAfter.slice(0, 10))}
                  {root.notAfter < at ? <div className="small">{say("trust.over")}</div> : null}
                </td>
                <td data-label={say("trust.fingerprint")}>
                  <code className="small">{printed(root.sha256)}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {roots.length > MOST ? <p className="soft small">{say("trust.more", { n: roots.length - MOST })}</p> : null}
    </>
  )
}

/** What a list changes against the one in force: new roots and those that would be gone, each by name. */
export function Changes({ difference, at }: { difference: TrustDifference; at: string }) {
  const { added, gone, changed, same } = difference
  return (
    <>
      <p>{say("trust.changes", { added: added.length, gone: gone.length, changed: changed.length, same })}</p>
      <Roots id="roots-new" title={say("trust.new")} roots={added} at={at} />
      <Roots id="roots-gone" title={say("trust.gone")} roots={gone} at={at} />
      <Roots id="roots-changed" title={say("trust.changed")} roots={changed} at={at} />
    </>
  )
}

/** A fingerprint in groups of four, as people compare it. */
function printed(sha256: string): string {
  return (sha256.match(/.{4}/g) ?? []).join(" ").toUpperCase()
}
