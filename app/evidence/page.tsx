import type { Metadata } from "next"
import { EVIDENCE } from "@/app/list-views"
import { inFrame } from "@/app/in-frame"
import type { Words } from "@/app/page-frame"
import { RegisterList } from "@/app/register-list"

export const metadata: Metadata = { title: EVIDENCE.title }

function Page({ searchParams }: { searchParams: Words }) {
  return RegisterList({ view: EVIDENCE, words: searchParams })
}

export default inFrame(Page)
