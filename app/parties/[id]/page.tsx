import { inFrame } from "@/app/in-frame"
import type { Words } from "@/app/page-frame"
import { RecordStory, recordTitle } from "@/app/record-page"

export const generateMetadata = recordTitle

function Page({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Words }) {
  return RecordStory({ kinds: ["party"], params, words: searchParams })
}

export default inFrame(Page)
