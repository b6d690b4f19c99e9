import type { Metadata } from "next"
import { Fragment } from "react"
import { ProofCard } from "@/components/people/prove"
import { Choices, SelectField } from "@/components/ui/field"
import { Notice, RefusedNotice } from "@/components/ui/notice"
import { say } from "@/components/words/catalogue"
import { listEntities } from "@/usecases/people/entities"
import { providerAnswers, readSignOn } from "@/usecases/people/sign-on-rule"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { proofOf, provider, redirectUri, type Provider } from "@/app/sign-on"

export const metadata: Metadata = { title: say("signon.title") }

const HERE = "/admin/sign-in"

async function SignInSettings({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const named = provider()
  const { rule, people } = shown(await readSignOn(scene, { issuer: named?.issuer ?? "" }))
  const entities = shown(await listEntities(scene, {}))
  const where = rule === null ? "" : rule.everywhere ? "everywhere" : rule.entityIds.length ? "some" : "nowhere"
  return (
    <Frame scene={scene} current={HERE}>
      <h1>{say("signon.title")}</h1>
      <p className="lede">{named ? say("signon.on", { name: named.name }) : say("signon.off")}</p>
      <RefusedNotice words={words} />
      {named ? <Named provider={named} people={people} /> : null}
      <ProofCard proof={proofOf(scene, HERE)} />
      <section className="card stack" aria-labelledby="rule">
        <h2 id="rule">{say("signon.rule")}</h2>
        <p className="soft">{say("signon.rule-lede")}</p>
        {words.saved ? (
          <Notice tone="good">
            <p>{say("signon.rule-saved")}</p>
          </Notice>
        ) : null}
        {rule === null ? <p>{say(entities.length === 1 ? "signon.rule-none-one" : "signon.rule-none-many")}</p> : null}
        <form className="stack" method="post" action="/api/v1/sign-on">
          <SelectField
            name="where"
            label={say("signon.rule-where")}
            value={where || "nowhere"}
            options={["everywhere", "some", "nowhere"].map((one) => ({ value: one, label: say(`signon.rule-${one}`) }))}
          />
          <Choices
            name="entity"
            label={say("signon.rule-companies")}
            chosen={[...(rule?.entityIds ?? [])]}
            options={entities.map((line) => ({ value: line.id, label: line.entity.legalName }))}
          />
          <div>
            <button className="primary" type="submit">
              {say("signon.rule-save")}
            </button>
          </div>
        </form>
      </section>
    </Frame>
  )
}

/** What is named in the environment, without the secret, and whether the provider answers. */
async function Named({ provider: named, people }: { provider: Provider; people: number }) {
  const { answers } = await providerAnswers(named)
  const lines: [string, string][] = [
    ["signon.name", named.name],
    ["signon.issuer", named.issuer],
    ["signon.client", named.clientId],
    ["signon.secret", say("signon.secret-set")],
    ["signon.back", redirectUri()],
    ["signon.sign-out-back", new URL("/api/sign-on/sign-out", redirectUri()).href],
    ["signon.mail", say(named.trustsMail ? "signon.mail-trusted" : "signon.mail-verified")],
    ["signon.people", String(people)],
  ]
  return (
    <section className="card stack" aria-label={say("signon.issuer")}>
      {answers ? null : (
        <Notice tone="warn">
          <p>{say("signon.away")}</p>
        </Notice>
      )}
      <dl>
        {lines.map(([key, value]) => (
          <Fragment key={key}>
            <dt>{say(key)}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </section>
  )
}

export default inFrame(SignInSettings)
