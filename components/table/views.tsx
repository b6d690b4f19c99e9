import Link from "next/link"
import { BUILT_IN } from "@/components/shell/built-in-views"
import { say } from "@/components/words/catalogue"

export type View = { id: string; name: string; address: string }

/**
 * The views of a list: those that come with it, and one's own. `here` is the address that is shown, as it would be kept;
 * a view is shared by its address. Forms and links: it works without script.
 */
export function Views({ path, here, mine }: { path: string; here: string; mine: readonly View[] }) {
  const given = BUILT_IN.filter((view) => view.href.split("?")[0] === path)
  const current = mine.find((view) => view.address === here)
  const known = current !== undefined || here === path || given.some((view) => view.href === here)
  return (
    <details className="fold-narrow">
      <summary className="button compact">{say("views.open")}</summary>
      <nav className="row views" aria-label={say("views.title")}>
        <Chip href={path} on={here === path}>
          {say("views.all")}
        </Chip>
        {given.map((view) => (
          <Chip key={view.href} href={view.href} on={view.href === here}>
            {say(view.says)}
          </Chip>
        ))}
        {mine.map((view) => (
          <Chip key={view.id} href={view.address} on={view === current} own>
            {view.name}
          </Chip>
        ))}
        {current ? <Change view={current} /> : null}
        {known ? null : <Keep here={here} />}
      </nav>
    </details>
  )
}

function Chip({ href, on, own, children }: { href: string; on: boolean; own?: boolean; children: string }) {
  return (
    <Link className="button compact" href={href} prefetch={false} aria-current={on ? "true" : undefined}>
      {own ? <span aria-hidden="true">★ </span> : null}
      {children}
    </Link>
  )
}

function Keep({ here }: { here: string }) {
  return (
    <details className="menu start">
      <summary className="button compact">{say("views.keep")}</summary>
      <form className="menu-body stack" method="post" action="/api/v1/views" aria-label={say("views.keep")}>
        <input type="hidden" name="address" value={here} />
        <div className="field">
          <label htmlFor="view-name">{say("views.name")}</label>
          <span className="help" id="view-name-help">
            {say("views.name-help")}
          </span>
          <input id="view-name" name="name" required maxLength={80} aria-describedby="view-name-help" />
        </div>
        <div>
          <button type="submit">{say("views.keep-go")}</button>
        </div>
      </form>
    </details>
  )
}

function Change({ view }: { view: View }) {
  return (
    <details className="menu start">
      <summary className="button compact">{say("views.change")}</summary>
      <div className="menu-body stack">
        <form className="row end" method="post" action="/api/v1/views/rename" aria-label={say("views.rename")}>
          <input type="hidden" name="id" value={view.id} />
          <div className="field">
            <label htmlFor="view-name">{say("views.name")}</label>
            <input id="view-name" name="name" required maxLength={80} defaultValue={view.name} />
          </div>
          <button type="submit">{say("views.rename")}</button>
        </form>
        <form method="post" action="/api/v1/views/drop">
          <input type="hidden" name="id" value={view.id} />
          <button type="submit" aria-label={say("views.drop-of", { name: view.name })}>
            {say("views.drop")}
          </button>
        </form>
      </div>
    </details>
  )
}
