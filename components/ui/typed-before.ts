/** What a control of a form tells about itself; a select tells it by its options. */
export type Control = {
  readonly type?: string
  readonly value?: string
  readonly defaultValue?: string
  readonly checked?: boolean
  readonly defaultChecked?: boolean
  readonly options?: ArrayLike<{ readonly selected: boolean; readonly defaultSelected: boolean }>
}

/**
 * Whether a form holds anything else than what the server sent: a page can be typed into before its script is there to
 * listen, and what was typed then is to be saved like anything else.
 */
export function typedBefore(controls: Iterable<Control>): boolean {
  for (const control of controls) if (differs(control)) return true
  return false
}

function differs({ type, value, defaultValue, checked, defaultChecked, options }: Control): boolean {
  if (type === "hidden" || type === "submit" || type === "button" || type === "file") return false
  if (options !== undefined) {
    const all = Array.from(options)
    const first = all.some((option) => option.defaultSelected)
    // Where the server chose none, a browser shows the first.
    return all.some(
      (option, n) => option.selected !== (first || type === "select-multiple" ? option.defaultSelected : n === 0),
    )
  }
  if (type === "checkbox" || type === "radio") return checked !== defaultChecked
  return value !== defaultValue
}
