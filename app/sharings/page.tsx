import type { Metadata } from "next"
import { SHARINGS } from "@/app/list-views"
import type { Words } from "@/app/page-frame"
import { RegisterList } from "@/app/register-list"

export const metadata: Metadata = { title: SHARINGS.title }

export default function Page({ searchParams }: { searchParams: Words }) {
  return <RegisterList view={SHARINGS} words={searchParams} />
}
