import type { Metadata } from "next"
import { EVIDENCE } from "../list-views"
import type { Words } from "../page-frame"
import { RegisterList } from "../register-list"

export const metadata: Metadata = { title: EVIDENCE.title }

export default function Page({ searchParams }: { searchParams: Words }) {
  return <RegisterList view={EVIDENCE} words={searchParams} />
}
