import type { Metadata } from "next"
import { SHARINGS } from "../list-views"
import type { Words } from "../page-frame"
import { RegisterList } from "../register-list"

export const metadata: Metadata = { title: SHARINGS.title }

export default function Page({ searchParams }: { searchParams: Words }) {
  return <RegisterList view={SHARINGS} words={searchParams} />
}
