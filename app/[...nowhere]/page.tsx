import type { Metadata } from "next"
import { missing } from "@/app/in-frame"
import { say } from "@/components/words/catalogue"

export const metadata: Metadata = { title: say("missing.title") }

/** Every address that is none of ours: in the frame, and no other answer than what may not be seen gets. */
export default missing
