// `npm run drill -- firefox PACKAGE`: opens verify.html from the disk in Firefox, without a network, and reads the verdict on a package
// and on the same package with one byte changed. Firefox is driven by its own protocol (Marionette), for nothing else is at hand.
import { spawn } from "node:child_process"
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { connect } from "node:net"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const PLACES = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"]
const PORT = 28_290
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf"

/** Commands to Marionette: `length:[0, id, name, parameters]`, answered by `length:[1, id, error, value]`. */
class Driver {
  constructor(socket) {
    this.socket = socket
    this.held = Buffer.alloc(0)
    this.waiting = new Map()
    this.id = 0
    this.ready = new Promise((done) => (this.greeted = done))
    socket.on("data", (data) => this.take(data))
  }
  take(data) {
    this.held = Buffer.concat([this.held, data])
    for (let colon = this.held.indexOf(":"); colon > 0; colon = this.held.indexOf(":")) {
      const length = Number(this.held.subarray(0, colon))
      if (this.held.length < colon + 1 + length) return
      const said = JSON.parse(this.held.subarray(colon + 1, colon + 1 + length).toString())
      this.held = this.held.subarray(colon + 1 + length)
      if (!Array.isArray(said)) this.greeted()
      else this.waiting.get(said[1])?.(said)
    }
  }
  async ask(name, parameters = {}) {
    const id = (this.id += 1)
    const text = JSON.stringify([0, id, name, parameters])
    const answer = new Promise((done) => this.waiting.set(id, done))
    this.socket.write(`${Buffer.byteLength(text)}:${text}`)
    const [, , error, value] = await answer
    if (error) throw new Error(`${name}: ${error.message}`)
    return value
  }
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms))

async function reached() {
  for (let tries = 0; tries < 300; tries += 1) {
    const socket = await new Promise((done) => {
      const made = connect(PORT, "127.0.0.1", () => done(made)).on("error", () => done(null))
    })
    if (socket) return socket
    await wait(200)
  }
  throw new Error("Firefox does not answer")
}

/** What the page says of each package, and whether it asked for anything over the network. */
export async function inFirefox(html, packages) {
  const firefox = process.env.FIREFOX_PATH ?? PLACES.find((path) => existsSync(path))
  if (!firefox) throw new Error("There is no Firefox here: name one by FIREFOX_PATH, or apt-get install firefox-esr.")
  const profile = mkdtempSync(join(tmpdir(), "onward-firefox-"))
  const home = join(profile, "home")
  mkdirSync(home)
  writeFileSync(
    join(profile, "user.js"),
    // Offline from the start, and nothing of Firefox's own that would call home.
    `user_pref("marionette.port", ${PORT});\nuser_pref("network.online", false);\nuser_pref("network.manage-offline-status", false);\nuser_pref("app.update.enabled", false);\nuser_pref("datareporting.policy.dataSubmissionEnabled", false);\n`,
  )
  const child = spawn(firefox, ["--headless", "--marionette", "--no-remote", "--profile", profile], {
    stdio: "ignore",
    env: { ...process.env, HOME: home, MOZ_HEADLESS: "1" },
  })
  try {
    const driver = new Driver(await reached())
    await driver.ready
    const { capabilities } = await driver.ask("WebDriver:NewSession", { capabilities: { alwaysMatch: {} } })
    const out = []
    for (const path of packages) {
      await driver.ask("WebDriver:Navigate", { url: pathToFileURL(html).href })
      const found = await driver.ask("WebDriver:FindElement", { using: "css selector", value: "#package" })
      const began = Date.now()
      await driver.ask("WebDriver:ElementSendKeys", { id: (found.value ?? found)[ELEMENT], text: path })
      let said = null
      for (let tries = 0; tries < 600 && !said; tries += 1) {
        await wait(100)
        const script = 'return document.getElementById("said")?.textContent ?? null'
        said = (await driver.ask("WebDriver:ExecuteScript", { script, args: [] })).value
      }
      out.push({ path, said, seconds: (Date.now() - began) / 1000 })
    }
    await driver.ask("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => undefined)
    return { version: capabilities.browserVersion, verdicts: out }
  } finally {
    child.kill("SIGKILL")
    await wait(500)
    rmSync(profile, { recursive: true, force: true })
  }
}

/** The drill: whole, and with one byte changed. */
export async function drillFirefox(path) {
  if (!path) throw new Error("Name a package: npm run drill -- firefox PACKAGE")
  const folder = mkdtempSync(join(tmpdir(), "onward-tampered-"))
  const bytes = readFileSync(path)
  bytes[Math.floor(bytes.length / 3)] ^= 1
  const tampered = join(folder, "tampered.zip")
  writeFileSync(tampered, bytes)
  try {
    const seen = await inFirefox(join(ROOT, "dist", "verify.html"), [path, tampered])
    process.stdout.write(`${JSON.stringify(seen)}\n`)
    const [whole, altered] = seen.verdicts
    return whole.said === "Intact" && String(altered.said).startsWith("Altered: ") ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
