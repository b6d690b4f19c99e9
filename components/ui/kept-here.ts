/** Where a browser keeps what is typed: one page's, until the tab is closed or for longer. */
export type Keeping = Pick<Storage, "getItem" | "setItem" | "removeItem">
type Field = [name: string, value: string]

/** Keeps the fields of a form in this browser, those whose name is `wanted`. */
export function keepHere(
  storage: Keeping,
  place: string,
  form: HTMLFormElement,
  wanted: (name: string) => boolean,
): void {
  try {
    storage.setItem(place, JSON.stringify([...new FormData(form)].filter(([name]) => wanted(name))))
  } catch {
    // A browser that keeps nothing leaves it in the form.
  }
}

export function forgetHere(storage: Keeping, place: string): void {
  try {
    storage.removeItem(place)
  } catch {
    // Nothing was kept then.
  }
}

/** Puts what this browser kept back into the form; whether there was anything. */
export function putBackHere(storage: Keeping, place: string, form: HTMLFormElement): boolean {
  try {
    const kept = JSON.parse(storage.getItem(place) ?? "[]") as Field[]
    let any = false
    for (const name of new Set(kept.map(([one]) => one))) {
      const values = kept.filter(([one]) => one === name).map(([, value]) => value)
      for (const control of form.querySelectorAll<HTMLInputElement>(`[name="${CSS.escape(name)}"]`)) {
        const box = control.type === "checkbox" || control.type === "radio"
        if (box) control.checked = values.includes(control.value)
        else control.value = values[0] ?? ""
        any = true
      }
    }
    return any
  } catch {
    return false
  }
}
