/**
 * The function with its answer kept beside its argument, for arguments that are never changed (facts of a record): many
 * checks ask the same of one record. But for the last one, nothing is kept longer than the argument itself.
 */
export function once<A extends object, R>(make: (argument: A) => R): (argument: A) => R {
  const made = new WeakMap<A, { answer: R }>()
  // One record is asked about again and again before the next one comes.
  let last: A | null = null
  let kept: { answer: R } | null = null
  return (argument) => {
    if (kept !== null && argument === last) return kept.answer
    const known = made.get(argument) ?? { answer: make(argument) }
    made.set(argument, known)
    last = argument
    kept = known
    return known.answer
  }
}
