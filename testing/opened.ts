import { readFileSync, unlinkSync } from "node:fs"
import { strFromU8, unzipSync } from "fflate"

/** The files of a package as texts, those of its workbook as well, and nothing of it stays on the disk. */
export function opened(path: string): [name: string, text: string][] {
  const files = Object.entries(unzipSync(readFileSync(path)))
  unlinkSync(path)
  return files.flatMap(([name, bytes]) => [
    [name, strFromU8(bytes)] satisfies [string, string],
    ...(name.endsWith(".xlsx") ? Object.entries(unzipSync(bytes)) : []).map(([inside, part]): [string, string] => [
      `${name} ${inside}`,
      strFromU8(part),
    ]),
  ])
}
