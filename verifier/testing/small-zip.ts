/** Writes archives as packages are written, and as they are not. Nothing here is the reader's own code. */
import { crc32 } from "node:zlib"

export type Item = { name: string; bytes: Uint8Array }

/** An archive of stored entries. */
export function zipOf(items: readonly Item[]): Uint8Array {
  const [parts, list]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const { name, bytes } of items) {
    const title = Buffer.from(name, "utf8")
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt16LE(0x21, 8)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(title.length, 22)
    const place = Buffer.alloc(4)
    place.writeUInt32LE(at)
    const made = Buffer.from([20, 0])
    parts.push(Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), common, title, bytes]))
    list.push(Buffer.concat([Buffer.from("PK\u0001\u0002", "latin1"), made, common, Buffer.alloc(10), place, title]))
    at += 30 + title.length + bytes.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.write("PK\u0005\u0006", 0, "latin1")
  end.writeUInt16LE(items.length, 8)
  end.writeUInt16LE(items.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Uint8Array.from(Buffer.concat([...parts, directory, end]))
}
