import { test } from "vitest"
import { aDatabase } from "./database"
import { benchWhatIf } from "./bench-what-if"
test("bench", async () => {
  const on = await aDatabase()
  console.log(JSON.stringify(await benchWhatIf(on.ownerUrl, on.appUrl)))
  await on.drop()
}, 900_000)
