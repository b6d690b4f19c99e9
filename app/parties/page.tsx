import type { Metadata } from "next"
import { PARTIES } from "../list-views"
import type { Words } from "../page-frame"
import { RegisterList } from "../register-list"

export const metadata: Metadata = { title: PARTIES.title }

export default function Page({ searchParams }: { searchParams: Words }) {
  return <RegisterList view={PARTIES} words={searchParams} />
}
