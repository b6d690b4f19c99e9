import { TextField } from "@/components/ui/field"
import { say } from "@/components/words/catalogue"

/** Changes one's own password: the old one in the same form, by the rules of an invitation. */
export function PasswordForm({ email }: { email: string }) {
  return (
    <section className="card stack" aria-labelledby="password-title">
      <h2 id="password-title">{say("account.password")}</h2>
      <p className="soft">{say("account.password-lede")}</p>
      <form className="stack" method="post" action="/api/v1/account/password">
        <input type="hidden" name="username" value={email} autoComplete="username" />
        <TextField
          name="oldPassword"
          type="password"
          label={say("account.password-old")}
          autoComplete="current-password"
          required
        />
        <TextField
          name="password"
          type="password"
          label={say("account.password-new")}
          help={say("setup.password-help")}
          autoComplete="new-password"
          required
        />
        <div>
          <button type="submit">{say("account.password-go")}</button>
        </div>
      </form>
    </section>
  )
}
