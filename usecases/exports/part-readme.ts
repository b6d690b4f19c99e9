import { readmeOf } from "@/domain/exports/readme"
import { once, type PackagePart } from "./context"

/** What it is, for somebody who has never seen the register. */
export const readmePart: PackagePart = async function* ({ about, count }) {
  yield { name: "README.txt", text: once(readmeOf(about, count)) }
}
