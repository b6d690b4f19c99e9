/**
 * Ctrl+Enter sends the form that has the focus, as its button would. Where a form has several buttons (a decision), none is
 * meant by itself: the focus goes to the first, and whoever presses it decides. Gives whether the key meant something.
 */
export function sendForm(target: EventTarget | null): boolean {
  const form = target instanceof HTMLElement ? target.closest("form") : null
  if (!form || form.method !== "post") return false
  if (target instanceof HTMLButtonElement) return false
  const buttons = [...form.querySelectorAll<HTMLButtonElement>("button[type=submit]")].filter(
    (button) => button.offsetParent !== null,
  )
  const [only] = buttons
  if (!only) return false
  if (buttons.length > 1) only.focus()
  else form.requestSubmit(only)
  return true
}
