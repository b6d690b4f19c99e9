export function sameChunks(dist: string): { files: number; signs: number }
