import { expect, test } from "@playwright/test"
import { enter, keys, tabTo, type } from "./keys"
import { freshPage } from "./people"

test.describe.configure({ mode: "serial", timeout: 240_000 })

const NAME = "Quill and Keys Ltd"

test("by keys alone: a request is proposed, found, decided, and the party's page read", async ({ browser }) => {
  const page = await freshPage(browser)
  await page.goto("/sample")
  await enter(page, page.getByRole("button", { name: "Look around as requester" }))
  await expect(page.getByRole("heading", { name: "Home" })).toBeVisible({ timeout: 150_000 })

  // Propose.
  await keys(page, ["c"], () => expect(page).toHaveURL(/\/requests\/new$/, { timeout: 2_000 }))
  await type(page, page.getByLabel("What is it about, in one sentence?"), `${NAME} is taken on`)
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { name: new RegExp(NAME) })).toBeVisible()
  await enter(page, page.getByRole("link", { name: "Add: party" }))
  await type(page, page.getByLabel("Legal name"), NAME)
  await enter(page, page.locator('button[name="_add"][value="kinds"]'))
  await expect(page).toHaveURL(/#kinds\.0$/)
  await type(page, page.locator('[name="kinds.0.kind"]'), "Proc")
  await type(page, page.locator('[name="dataDecision"]'), "Und")
  await expect(page.locator('[name="dataDecision"]')).toHaveValue("undecided")
  await enter(page, page.getByRole("button", { name: "Save", exact: true }).last())
  await expect(page.getByRole("heading", { name: new RegExp(NAME) }).first()).toBeVisible()
  await enter(page, page.getByRole("button", { name: "Submit" }))
  await expect(page.getByText("In review").first()).toBeVisible()

  for (const [seat, says] of [
    ["procurement", "Approve"],
    ["DPO", "Agree"],
  ] as const) {
    // Find: from the list of requests, by its search, to the row.
    await enter(page, page.getByRole("button", { name: seat, exact: true }))
    await expect(page.getByRole("heading", { name: "Home" })).toBeVisible()
    await keys(page, ["g", "r"], () => expect(page).toHaveURL(/\/requests$/, { timeout: 2_000 }))
    const search = page.getByRole("searchbox", { name: "Search requests by words or number" })
    await keys(page, ["/"], () => expect(search).toBeFocused({ timeout: 500 }))
    await page.keyboard.type("quill")
    await page.keyboard.press("Enter")
    await expect(page).toHaveURL(/q=quill/)
    const row = page.locator("a[data-row]").first()
    await keys(page, ["j"], () => expect(row).toBeFocused({ timeout: 500 }))
    await page.keyboard.press("Enter")
    await expect(page.getByRole("heading", { name: new RegExp(NAME), level: 1 })).toBeVisible()

    // Decide: the reason, then the button; nothing decides by a single key.
    await type(page, page.getByLabel("Reason", { exact: false }), "They keep a kiosk.")
    await enter(page, page.getByRole("button", { name: says, exact: true }))
    await expect(page.getByRole("button", { name: says, exact: true })).toHaveCount(0)
  }
  await expect(page.getByText("Approved").first()).toBeVisible()

  // Read: by the palette to the party's page, and by Tab to what it says and who decided.
  const palette = page.getByRole("searchbox", { name: "Jump to a page, a view or a party" })
  await keys(page, ["Control+k"], () => expect(palette).toBeFocused({ timeout: 500 }))
  await page.keyboard.type("quill and")
  await expect(page.getByRole("dialog").getByRole("link", { name: NAME })).toBeVisible()
  await page.keyboard.press("Enter")
  await expect(page.getByRole("heading", { name: NAME, level: 1 })).toBeVisible()
  await expect(page.getByRole("main")).toBeFocused()
  const history = page.getByRole("region", { name: "History" })
  await tabTo(page, history.getByRole("link", { name: new RegExp(`R-\\d+ ${NAME}`) }))

  // And beside its list: the space bar looks, Escape closes, nothing is lost.
  await keys(page, ["g", "p"], () => expect(page).toHaveURL(/\/parties$/, { timeout: 2_000 }))
  await keys(page, ["/"], () =>
    expect(page.getByRole("searchbox", { name: "Search in: Parties" })).toBeFocused({ timeout: 500 }),
  )
  await page.keyboard.type("quill")
  await page.keyboard.press("Enter")
  await expect(page).toHaveURL(/q=quill/)
  const row = page.getByRole("link", { name: NAME, exact: true })
  await keys(page, ["j"], () => expect(row).toBeFocused({ timeout: 500 }))
  await page.keyboard.press("Space")
  await expect(page.getByRole("complementary", { name: `A look at ${NAME}` })).toBeFocused()
  await page.keyboard.press("Escape")
  await expect(row).toBeFocused()
})
