import type { Metadata } from "next"
import { AGREEMENTS } from "../list-views"
import type { Words } from "../page-frame"
import { RegisterList } from "../register-list"

export const metadata: Metadata = { title: AGREEMENTS.title }

export default function Page({ searchParams }: { searchParams: Words }) {
  return <RegisterList view={AGREEMENTS} words={searchParams} />
}
