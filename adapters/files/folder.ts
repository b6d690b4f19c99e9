import { createReadStream } from "node:fs"
import { access, mkdir, open, rename, rm, unlink } from "node:fs/promises"
import { join } from "node:path"
import type { FileStore } from "./store"

/** Files in the data folder, by hash: `ab/abcd…`. Written elsewhere, synced, renamed: none is ever half there. */
export function folderStore(folder: string): FileStore {
  const place = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error("not a content hash")
    return join(folder, sha256.slice(0, 2), sha256)
  }
  const there = (path: string): Promise<boolean> =>
    access(path).then(
      () => true,
      () => false,
    )
  return {
    keep: async (sha256, path) => {
      const target = place(sha256)
      if (await there(target)) {
        await unlink(path)
        return
      }
      await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true, mode: 0o700 })
      const handle = await open(path, "r+")
      await handle.sync()
      await handle.close()
      await rename(path, target)
    },
    read: async (sha256) => ((await there(place(sha256))) ? createReadStream(place(sha256)) : null),
    has: (sha256) => there(place(sha256)),
    drop: async (sha256) => {
      await rm(place(sha256), { force: true })
    },
    temporary: () => join(folder, "incoming"),
  }
}
