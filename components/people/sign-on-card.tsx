import { Notice } from "@/components/ui/notice"
import { dayWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

type Identity = { issuer: string; at: string; saidName: string }
type Props = {
  /** The provider's name; null: this server names none. */
  provider: string | null
  identities: readonly Identity[]
  hasPassword: boolean
  /** Whether the last proof is fresh enough to link. */
  mayLink: boolean
  /** Whether the account is linked to the provider that is named. */
  has: boolean
  /** Whom one was just found to be at the provider, to be said yes to. */
  found: { name: string; email: string | null; subject: string } | null
  linked: boolean
}

/** By whom one signs in; and how an account with a password is linked to the one that its holder has at the provider. */
export function SignOnCard({ provider, identities, hasPassword, mayLink, has, found, linked }: Props) {
  if (provider === null && identities.length === 0) return null
  return (
    <section className="card stack" aria-labelledby="link">
      <h2 id="link">{provider ? say("signon.card", { name: provider }) : say("signon.card-bare")}</h2>
      {linked ? (
        <Notice tone="good">
          <p>{say("signon.linked")}</p>
        </Notice>
      ) : null}
      {identities.map((one) => (
        <div key={one.issuer} className="row">
          <span>
            {has && provider
              ? say("signon.has", { name: provider, day: dayWords(one.at.slice(0, 10)) })
              : say("signon.has-other", { issuer: one.issuer })}
          </span>
          {hasPassword ? (
            <form method="post" action="/api/v1/account/identity/unlink">
              <input type="hidden" name="issuer" value={one.issuer} />
              <button className="compact" type="submit">
                {say("signon.unlink")}
              </button>
            </form>
          ) : (
            <span className="soft">{say("signon.only")}</span>
          )}
        </div>
      ))}
      {provider && !has ? <Link provider={provider} mayLink={mayLink} found={found} /> : null}
    </section>
  )
}

function Link({ provider, mayLink, found }: { provider: string; mayLink: boolean; found: Props["found"] }) {
  if (found)
    return (
      <form className="stack" method="post" action="/api/v1/account/identity">
        <p>
          {say("signon.link-found", {
            name: provider,
            who: [found.name, found.email].filter(Boolean).join(", ") || found.subject,
          })}
        </p>
        <div>
          <button className="primary" type="submit">
            {say("signon.link-confirm")}
          </button>
        </div>
      </form>
    )
  return (
    <>
      <p className="soft">{say(mayLink ? "signon.link-lede" : "signon.link-prove", { name: provider })}</p>
      {mayLink ? (
        <p>
          <a className="button" href="/api/sign-on/begin?for=link">
            {say("signon.link", { name: provider })}
          </a>
        </p>
      ) : null}
    </>
  )
}
