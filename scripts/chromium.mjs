// Which Chromium the browser tests and the pictures run in. Debian's headless build is the same engine without a window.
import { existsSync } from "node:fs"

/** Where Debian puts them, the lighter first. */
const PLACES = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"]

/** The path of a Chromium that is here: the one named by CHROMIUM_PATH, or the system's. Undefined: Playwright's own. */
export function chromiumPath(env = process.env) {
  if (env.CHROMIUM_PATH) return env.CHROMIUM_PATH
  return PLACES.find((path) => existsSync(path))
}
