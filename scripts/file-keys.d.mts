/** What the children are told of the key that files are sealed with; made once, never anew. */
export function fileKeys(
  dataDir: string,
  env?: Record<string, string | undefined>,
): { ONWARD_FILE_KEYS: string; ONWARD_FILE_KEYS_AT: string }
