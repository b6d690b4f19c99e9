"use client"

import { Broken } from "@/components/shell/instead"

/** What stands where not even the frame of a page could be made. */
export default function Failed({ error }: { error: Error & { digest?: string } }) {
  return <Broken id={error.digest ?? "–"} framed={false} away={error.digest === "database-away"} />
}
