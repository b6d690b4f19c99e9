import type { Metadata } from "next"
import Link from "next/link"
import { inFrame } from "@/app/in-frame"
import { Frame, one, shown, signedIn, type Words } from "@/app/page-frame"
import { FolderLineCard } from "@/components/folders/folder-line"
import { SendFiles } from "@/components/folders/send-files"
import { sendWords } from "@/components/folders/send-words"
import { RefusedNotice } from "@/components/ui/notice"
import { instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"

import { FOLDER_VIEWS, readFolder, type FolderPage } from "@/usecases/folders/read-folder"

export const metadata: Metadata = { title: say("folder.title") }

type View = (typeof FOLDER_VIEWS)[number]

/** The files of one folder: each with where it may belong, to be confirmed, and then one request of all. */
async function OneFolder({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  const { id } = await params
  const words = await searchParams
  const scene = await signedIn()
  const view = FOLDER_VIEWS.find((known) => known === one(words, "view")) ?? "all"
  const said = Number(one(words, "after"))
  const after = Number.isSafeInteger(said) && said > 0 ? said : 0
  const page = shown(await readFolder(scene, { id, view, after }))
  const { sums } = page
  return (
    <Frame scene={scene} current="/agreements">
      {sums.waiting > 0 ? <meta httpEquiv="refresh" content="3" /> : null}
      <p>
        <Link href="/agreements/folders" prefetch={false}>
          {say("folder.title")}
        </Link>
      </p>
      <h1>{say("folder.of", { day: instantWords(page.folder.at) })}</h1>
      <p className="lede" role="status">
        {say("folder.files", { n: sums.files })}.{" "}
        {sums.waiting > 0 ? say("folder.waiting", { n: sums.waiting }) : say("folder.waiting-none")}
      </p>
      <RefusedNotice words={words} />
      <Together page={page} />
      <Lines page={page} view={view} after={after} />
      <details className="menu-free">
        <summary className="button">{say("folder.send-more")}</summary>
        <SendFiles folderId={id} say={sendWords(true)} />
      </details>
      <form className="row" method="post" action={`/api/v1/folders/${id}/clear`}>
        <button type="submit">{say("folder.clear")}</button>
        <span className="soft small">{say("folder.clear-help")}</span>
      </form>
    </Frame>
  )
}

/** What is done with many at once: confirm the sure ones, and make the request. */
function Together({ page: { folder, sums } }: { page: FolderPage }) {
  if (sums.sure === 0 && sums.confirmed === 0) return null
  return (
    <section className="card stack" aria-label={say("folder.confirm")}>
      {sums.sure > 0 ? (
        <form method="post" action={`/api/v1/folders/${folder.id}/sure`}>
          <button type="submit">{say("folder.confirm-sure", { n: sums.sure })}</button>
        </form>
      ) : null}
      {sums.confirmed > 0 ? (
        <form className="stack" method="post" action={`/api/v1/folders/${folder.id}/request`}>
          <input type="hidden" name="title" value={say("folder.request-title")} />
          <p className="soft">{say("folder.propose-help")}</p>
          <div>
            <button className="primary" type="submit">
              {say("folder.propose", { n: sums.confirmed })}
            </button>
          </div>
        </form>
      ) : null}
    </section>
  )
}

function Lines({ page, view, after }: { page: FolderPage; view: View; after: number }) {
  const { folder, sums } = page
  const path = `/agreements/folders/${folder.id}`
  const count = (known: View): number => (known === "all" ? sums.files : sums[known])
  return (
    <section className="stack" aria-label={say("folder.lines")}>
      <nav className="tabs" aria-label={say("folder.views")}>
        {FOLDER_VIEWS.map((known) => (
          <Link
            key={known}
            href={known === "all" ? path : `${path}?view=${known}`}
            aria-current={known === view ? "page" : undefined}
            prefetch={false}
          >
            {say(`folder.view.${known}`)} {count(known)}
          </Link>
        ))}
      </nav>
      {page.lines.length === 0 ? <p className="soft">{say("folder.none-here")}</p> : null}
      <ul className="plain-list stack">
        {page.lines.map((line) => (
          <FolderLineCard key={line.line} line={line} around={page.around} place={{ id: folder.id, view, after }} />
        ))}
      </ul>
      {page.next ? (
        <p>
          <Link
            className="button"
            href={`${path}?${new URLSearchParams({ ...(view === "all" ? {} : { view }), after: String(page.next) })}`}
            prefetch={false}
          >
            {say("list.more")}
          </Link>
        </p>
      ) : null}
    </section>
  )
}

export default inFrame(OneFolder)
