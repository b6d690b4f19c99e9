import type { Metadata } from "next"
import { say } from "@/components/words/catalogue"
import type { Words } from "@/app/page-frame"
import { RecordStory } from "@/app/record-page"

export const metadata: Metadata = { title: say("parties.title") }

export default function Page({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  return <RecordStory kinds={["party"]} params={params} words={searchParams} />
}
