import { fixedKeys } from "@/adapters/files/keys"

/** Keys of the files for tests and benches: the current one, and one from before. */
export const TEST_KEY = Buffer.alloc(32, 7).toString("base64url")
export const OTHER_KEY = Buffer.alloc(32, 9).toString("base64url")

/** What a store of files in a test is sealed with. */
export const TEST_KEYS = fixedKeys(TEST_KEY)
