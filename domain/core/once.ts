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

/**
 * The same for arguments that come one after another and are not met again (facts of one record, before and after): the
 * answers to the last two are kept, and none beside an argument. Thousands of records are asked about; what is kept beside
 * each of them costs more to tidy away than to work out.
 */
export function lately<A extends object, R>(make: (argument: A) => R): (argument: A) => R {
  let last: A | null = null
  let answer: R | undefined
  let before: A | null = null
  let answerBefore: R | undefined
  return (argument) => {
    if (argument === last) return answer as R
    const found = argument === before ? (answerBefore as R) : make(argument)
    before = last
    answerBefore = answer
    last = argument
    answer = found
    return found
  }
}

/**
 * The same for arguments that are asked about again and again for a while, several at a time (the papers of a party): answers to
 * the last `most` at least are kept, and to twice as many at most. Beside arguments of which thousands come and go nothing is kept by weak maps: what those hold counts as
 * in use whenever young memory is tidied, so that every paper read since would be moved about before it is let go.
 */
export function recently<A extends object, R>(make: (argument: A) => R, most: number): (argument: A) => R {
  let made = new Map<A, { answer: R }>()
  let before = made
  let last: A | null = null
  let kept: { answer: R } | null = null
  return (argument) => {
    if (kept !== null && argument === last) return kept.answer
    let known = made.get(argument)
    if (known === undefined) {
      known = before.get(argument) ?? { answer: make(argument) }
      if (made.size >= most) {
        before = made
        made = new Map()
      }
      made.set(argument, known)
    }
    last = argument
    kept = known
    return known.answer
  }
}
