import { verifyPage as built } from "@/adapters/verify-page/read"

/** The page that checks packages, for anybody: there is nothing of the register in it. Null where it was not built. */
export function verifyPage(): ReturnType<typeof built> {
  return built()
}
