import type { Metadata } from "next"
import { EVIDENCE } from "@/app/list-views"
import type { Words } from "@/app/page-frame"
import { RegisterList } from "@/app/register-list"

export const metadata: Metadata = { title: EVIDENCE.title }

export default function Page({ searchParams }: { searchParams: Words }) {
  return <RegisterList view={EVIDENCE} words={searchParams} />
}
