/**
 * The function with its answer kept beside its argument, for arguments that are never changed (facts of a record): many
 * checks ask the same of one record. Nothing is kept longer than the argument itself.
 */
export function once<A extends object, R>(make: (argument: A) => R): (argument: A) => R {
  const made = new WeakMap<A, { answer: R }>()
  return (argument) => {
    const known = made.get(argument)
    if (known) return known.answer
    const answer = make(argument)
    made.set(argument, { answer })
    return answer
  }
}
