import type { Metadata } from "next"
import { say } from "@/components/words/catalogue"
import type { Words } from "@/app/page-frame"
import { RecordStory } from "@/app/record-page"

export const metadata: Metadata = { title: say("sharings.title") }

export default function Page({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  return <RecordStory kinds={["sharing"]} params={params} words={searchParams} />
}
