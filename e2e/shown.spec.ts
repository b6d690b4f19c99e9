import { expect, test, type Page } from "@playwright/test"
import { noBarriers } from "./axe"
import { freshPage, inSample } from "./people"

test.describe.configure({ mode: "serial" })

let page: Page

test.beforeAll(async ({ browser }) => {
  page = await freshPage(browser)
  await inSample(page, "requester")
})

test("a list leaves out what is left out, keeps its words while searching, and names what it does not know", async () => {
  await page.goto("/sharings?not.mode=share&size=25&colour=red")
  await expect(page.getByText("This address holds words that mean nothing here: colour.")).toBeVisible()
  await expect(page.getByRole("link", { name: "What happens: not Share ×" })).toBeVisible()
  await page.getByRole("searchbox", { name: "Search in: Sharings" }).fill("backups")
  await page.getByRole("button", { name: "Show", exact: true }).first().click()
  await expect(page).toHaveURL(/q=backups/)
  await expect(page).toHaveURL(/not\.mode=share/)
  await expect(page).toHaveURL(/size=25/)
  await page.getByRole("link", { name: "Leave out Covered", exact: true }).click()
  await expect(page).toHaveURL(/not\.coverage=covered/)
  await expect(page.locator("tbody").getByText("Covered", { exact: true })).toHaveCount(0)
  await noBarriers(page, "list-left-out")
})

test("a party's number of sharings leads to them", async () => {
  // A slip of the finger is forgiven, and said.
  await page.goto("/parties?q=qauy+nimbus")
  await expect(
    page.getByText("No exact hit for “qauy nimbus”. These are alike. For “qauy”, shown is quay."),
  ).toBeVisible()
  await page.getByRole("link", { name: /sharings of Nimbus Quay Hosting Ltd/ }).click()
  await expect(page.getByRole("link", { name: "Party: Nimbus Quay Hosting Ltd ×" })).toBeVisible()
})

test("what the register said then and what is known now about a day are two clocks, and nothing is proposed from either", async () => {
  await page.goto("/parties?q=nimbus")
  await page.getByRole("link", { name: "Nimbus Quay Hosting Ltd", exact: true }).click()
  await expect(page.getByRole("button", { name: "Propose a change" })).toBeVisible()
  await expect(page.getByRole("region", { name: "What is missing" }).getByRole("link").first()).toBeVisible()
  await noBarriers(page, "party-story")
  await page.getByText("See another day", { exact: true }).click()
  await page.getByLabel("What is known now about a day").fill("2025-08-01")
  await noBarriers(page, "another-day")
  await page.getByLabel("What is known now about a day").press("Enter")
  await expect(page.getByRole("note")).toContainText("What is known now about 1 Aug 2025")
  await expect(page.getByText(/Recorded then: \d+ sharings\. Known now about that day: \d+\./)).toBeVisible()
  await expect(page.getByRole("button", { name: "Propose a change" })).toHaveCount(0)
  await page.getByRole("link", { name: "What the register said on 1 Aug 2025" }).click()
  await expect(page.getByRole("note")).toContainText("The register as it stood on 1 Aug 2025")
  await page.goto(`${new URL(page.url()).pathname}?as-of=2020-01-01`)
  await expect(page.getByText(/This came on record on/)).toBeVisible()
  await page.getByRole("link", { name: "What is known now about 1 Jan 2020" }).click()
  await expect(page).toHaveURL(/on=2020-01-01/)
})

test("keys help and jump, are dead while somebody types, and can be switched off", async () => {
  await page.goto("/sharings")
  // The first key waits until the page listens.
  await expect(async () => {
    await page.keyboard.press("?")
    await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible({ timeout: 500 })
  }).toPass()
  await noBarriers(page, "keys")
  await page.keyboard.press("Escape")
  await expect(page.getByRole("dialog")).toHaveCount(0)
  // Once it has the focus, the key is a letter: it is pressed again only where it was not heard.
  const box = page.getByRole("searchbox", { name: "Search in: Sharings" })
  await expect(async () => {
    if (!(await box.evaluate((place) => place === document.activeElement))) await page.keyboard.press("/")
    await expect(box).toBeFocused({ timeout: 1_000 })
  }).toPass({ timeout: 15_000 })
  await page.keyboard.type("gp?")
  await expect(page.getByRole("dialog")).toHaveCount(0)
  await expect(page.getByRole("searchbox", { name: "Search in: Sharings" })).toHaveValue("gp?")
  await page.keyboard.press("Control+k")
  await page.getByRole("searchbox", { name: "Jump to a page, a view or a party" }).fill("uncovered")
  await noBarriers(page, "palette")
  await page.getByRole("searchbox", { name: "Jump to a page, a view or a party" }).focus()
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/sharings\?f\.coverage=gap/)
  // The page is a new one: its keys wait until it listens.
  await expect(async () => {
    await page.keyboard.press("g")
    await page.keyboard.press("p")
    await expect(page).toHaveURL(/\/parties$/, { timeout: 2_000 })
  }).toPass()
  await page.getByRole("button", { name: "Keys", exact: true }).click()
  await page.getByRole("checkbox", { name: "Switch single keys off in this browser" }).check()
  await page.getByRole("button", { name: "Close" }).click()
  await page.keyboard.press("?")
  await expect(page.getByRole("dialog", { name: "Keys" })).toHaveCount(0)
})

test("a form says what is open, why it asks, and leads from what is wrong to the field; a new line is where one goes on", async () => {
  await page.goto("/requests/new")
  await page.getByLabel("What is it about, in one sentence?").fill("A flow to look at")
  await page.getByRole("button", { name: "Begin the request" }).click()
  await page.getByRole("link", { name: "Add: sharing" }).click()
  await expect(
    page.getByRole("navigation", { name: "In this form" }).getByRole("link", { name: /What for/ }),
  ).toBeVisible()
  await page.getByText("Why we ask: S-IV-1.1").click()
  await expect(page.getByText("As little data as the purpose needs.")).toBeVisible()
  await page.getByLabel("Title", { exact: true }).fill("Kept while it is mended")
  await page.locator('button[name="_add"][value="destinations.value"]').click()
  await expect(page).toHaveURL(/#destinations\.value\.0$/)
  // The page comes anew with the line: what saves is at its foot, and arrives last.
  await page.locator(".form-foot").getByRole("button", { name: "Save" }).click()
  const wrong = page.getByRole("alert").filter({ hasText: "Something needs mending" })
  await expect(wrong.getByRole("link", { name: /line 1, Country: Fill this in/ })).toBeVisible()
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue("Kept while it is mended")
  await noBarriers(page, "form-wrong")
  await wrong.getByRole("link", { name: /line 1, Country/ }).click()
  await expect(page.locator('[id="destinations.value.0.country"]')).toBeInViewport()
})

test("whoever goes through a form by Tab sees what has the focus: nothing that stays put covers it", async () => {
  await page.setViewportSize({ width: 1280, height: 600 })
  await page.getByLabel("Title", { exact: true }).focus()
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab")
    const hidden = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement
      const foot = document.querySelector(".form-foot")
      if (!foot || foot.contains(at)) return ""
      const covered = at.getBoundingClientRect().top >= foot.getBoundingClientRect().top
      return covered ? at.outerHTML.slice(0, 120) : ""
    })
    expect(hidden).toBe("")
  }
})

test("at 320 pixels, at twice the text, and in forced colours nothing is lost or scrolls sideways", async () => {
  const form = page.url()
  for (const address of ["/", "/sharings", "/requests", form]) {
    await page.goto(address)
    for (const size of [16, 32]) {
      await page.setViewportSize({ width: 320, height: 640 })
      await page.evaluate((px) => document.documentElement.style.setProperty("font-size", `${px}px`), size)
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(over, `${address} with text of ${size} px`).toBeLessThanOrEqual(1)
    }
  }
  await page.emulateMedia({ forcedColors: "active" })
  await page.goto("/sharings?f.coverage=gap")
  await expect(page.locator("tbody").getByText("Gap").first()).toBeVisible()
  await noBarriers(page, "forced-colours")
})
