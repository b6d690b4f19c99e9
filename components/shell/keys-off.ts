/** Where this browser keeps that single keys are switched off. */
export const OFF = "onward-keys-off"

/** Whether somebody types there. */
export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.isContentEditable)
}

/** Whether single keys are switched off in this browser. */
export function keysOff(): boolean {
  return localStorage.getItem(OFF) === "yes"
}

/** Whether a single key means nothing here: somebody types, or switched them off (WCAG 2.1.4). */
export function keysDead(target: EventTarget | null): boolean {
  return typing(target) || keysOff()
}
