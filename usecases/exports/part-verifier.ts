import { verifyPage } from "@/adapters/verify-page/read"
import { once, type PackagePart } from "./context"

/** The page that checks the package, as this release built it, and what it is made of. */
export const verifierPart: PackagePart = async function* () {
  const page = verifyPage()
  if (!page) return
  yield { name: "verify.html", bytes: once(page.html) }
  yield { name: "verify.source.txt", bytes: once(page.source) }
}
