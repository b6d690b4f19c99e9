/** Where a tile lies and what it holds (c2sp.org/tlog-tiles): 256 hashes of one level in eight, fewer in the last of its row. */
import type { NodeAt } from "./proof"

export const TILE = 256
/** `width` is below 256 for a part of a tile: the last of its row, while the tree has that size. */
export type Tile = { level: number; n: number; width: number }

/** Reads the path behind `tile/`, such as `0/x001/x234/067` or `1/000.p/5`; null where it is none. */
export function readTilePath(path: string): Tile | null {
  const found = /^(\d{1,2})\/((?:x\d{3}\/){0,4})(\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path)
  if (!found) return null
  const [, level = "", groups = "", last = "", part] = found
  const digits = `${groups.replace(/[x/]/g, "")}${last}`
  const width = part === undefined ? TILE : Number(part)
  const tile = { level: Number(level), n: Number(digits), width }
  const plain = tile.level <= 7 && width >= 1 && (part === undefined || width < TILE)
  // One tile has one path: no group of zeros before, no zero before a number.
  return plain && tilePath(tile) === path ? tile : null
}

/** The path of a tile, behind `tile/`. */
export function tilePath({ level, n, width }: Tile): string {
  const digits = String(n).padStart(Math.ceil(String(n).length / 3) * 3, "0")
  const groups = digits.match(/.{3}/g) ?? []
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join("/")
  return `${level}/${path}${width < TILE ? `.p/${width}` : ""}`
}

/** The nodes of the tile, in a tree of that size; null where the tree has not so many. A part may be asked for of a tile that is whole by now. */
export function tileNodes({ level, n, width }: Tile, size: number): NodeAt[] | null {
  const row = Math.floor(size / TILE ** level)
  const from = n * TILE
  if (from + width > row) return null
  return Array.from({ length: width }, (_, i) => ({ level: level * 8, n: from + i }))
}
