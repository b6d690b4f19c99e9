import type { Metadata } from "next"
import { say } from "@/components/words/catalogue"
import type { Words } from "../../page-frame"
import { RecordStory } from "../../record-page"

export const metadata: Metadata = { title: say("evidence.title") }

export default function Page({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  return <RecordStory kinds={["assessment", "consent", "notice", "demand", "chain"]} params={params} words={searchParams} />
}
