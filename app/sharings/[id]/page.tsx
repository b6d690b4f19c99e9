import type { Words } from "@/app/page-frame"
import { RecordStory, recordTitle } from "@/app/record-page"

export const generateMetadata = recordTitle

export default function Page({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  return <RecordStory kinds={["sharing"]} params={params} words={searchParams} />
}
