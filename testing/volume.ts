/**
 * How often a story of chance is told: the whole number on the server that the product brings, a fifth of it on the second one, where
 * what is asked is whether that server holds the same, not how often (foundation 29). `ONWARD_VOLUME=all` tells all of it on both.
 */
export function volume(whole: number): number {
  const second = process.env.ONWARD_TEST_PG === "15" && process.env.ONWARD_VOLUME !== "all"
  return second ? Math.ceil(whole / 5) : whole
}
