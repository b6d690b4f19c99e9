import type { Metadata } from "next"
import Link from "next/link"
import { inFrame } from "@/app/in-frame"
import { Frame, shown, signedIn, type Words } from "@/app/page-frame"
import { SendFiles } from "@/components/folders/send-files"
import { sendWords } from "@/components/folders/send-words"
import { RefusedNotice } from "@/components/ui/notice"
import { instantWords } from "@/components/ui/when"
import { say } from "@/components/words/catalogue"
import { listFolders } from "@/usecases/folders/read-folder"

export const metadata: Metadata = { title: say("folder.title") }

/** Where many papers are dropped at once, and the folders that this person has begun. */
async function Folders({ searchParams }: { searchParams: Words }) {
  const words = await searchParams
  const scene = await signedIn()
  const folders = shown(await listFolders(scene, {}))
  return (
    <Frame scene={scene} current="/agreements">
      <h1>{say("folder.title")}</h1>
      <p className="lede">{say("folder.lede")}</p>
      <RefusedNotice words={words} />
      <SendFiles folderId={null} say={sendWords(false)} />
      <section className="card stack" aria-labelledby="mine">
        <h2 id="mine">{say("folder.mine")}</h2>
        <p className="soft">{say(folders.length > 0 ? "folder.mine-help" : "folder.mine-none")}</p>
        <ul className="plain-list">
          {folders.map((one) => (
            <li key={one.id}>
              <Link className="tall" href={`/agreements/folders/${one.id}`} prefetch={false}>
                {say("folder.of", { day: instantWords(one.at) })}
              </Link>{" "}
              <span className="soft small">
                {say("folder.files", { n: one.files })}
                {one.sure + one.likely > 0 ? `, ${say("folder.open-n", { n: one.sure + one.likely })}` : ""}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </Frame>
  )
}

export default inFrame(Folders)
