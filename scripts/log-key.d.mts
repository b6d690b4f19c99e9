/** What the children are told of the key that the log signs with, and of where what was signed last is kept. */
export function logKey(
  dataDir: string,
  env?: Record<string, string | undefined>,
): { ONWARD_LOG_KEY: string; ONWARD_LOG_KEY_AT: string; ONWARD_LOG_HEADS: string; ONWARD_LOG_KEY_NEXT: string }

/** Throws in a sentence where the file is not one that only its owner reads, or holds no key. */
export function checkKeyFile(path: string, me?: number): void
