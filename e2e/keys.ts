import { expect, type Locator, type Page } from "@playwright/test"

/** Goes on by Tab until the place has the focus: it can be reached, is seen, and shows that it is where one is. */
export async function tabTo(page: Page, place: Locator, back = false): Promise<void> {
  await expect(place).toBeAttached()
  for (let i = 0; i < 250; i++) {
    if (await place.evaluate((node) => node === document.activeElement)) {
      await expect(place).toBeInViewport()
      expect(await place.evaluate((node) => node.matches(":focus-visible"))).toBe(true)
      return
    }
    await page.keyboard.press(back ? "Shift+Tab" : "Tab")
  }
  throw new Error(`Tab does not reach ${String(place)}`)
}

/** Goes to a place by Tab and presses Enter there. */
export async function enter(page: Page, place: Locator, back = false): Promise<void> {
  await tabTo(page, place, back)
  await page.keyboard.press("Enter")
}

/** Goes to a field by Tab and types; in a choice the first letters choose. */
export async function type(page: Page, place: Locator, words: string): Promise<void> {
  await tabTo(page, place)
  await page.keyboard.type(words)
}

/** Presses keys of the app until they show what they do: a page that has just come listens a moment later. */
export async function keys(page: Page, pressed: readonly string[], shows: () => Promise<void>): Promise<void> {
  await expect(async () => {
    for (const key of pressed) await page.keyboard.press(key)
    await shows()
  }).toPass()
}
