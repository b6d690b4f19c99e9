import type { Metadata } from "next"
import { say } from "@/components/words/catalogue"
import type { Words } from "@/app/page-frame"
import { RecordStory } from "@/app/record-page"

export const metadata: Metadata = { title: say("evidence.title") }

export default function Page({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  return (
    <RecordStory kinds={["assessment", "consent", "notice", "demand", "chain"]} params={params} words={searchParams} />
  )
}
