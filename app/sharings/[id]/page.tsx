import type { Metadata } from "next"
import { say } from "@/components/words/catalogue"
import type { Words } from "../../page-frame"
import { RecordStory } from "../../record-page"

export const metadata: Metadata = { title: say("sharings.title") }

export default function Page({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  return <RecordStory kinds={["sharing"]} params={params} words={searchParams} />
}
