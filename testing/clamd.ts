import { spawn, type ChildProcess } from "node:child_process"
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createConnection } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

const CLAMD = "/usr/sbin/clamd"

/** What our own small list of signatures finds, and as what. */
export const FOUND_BY_TEST = { text: "ONWARD-TEST-FILE-THAT-A-SCANNER-FINDS", as: "Onward.Test.Signature" }

/** Whether this machine has a clamd; said loudly where it has none, for a test of it says nothing then. */
export function hasClamd(): boolean {
  const there = existsSync(CLAMD)
  if (!there) process.stderr.write("NOT TESTED: there is no clamd here (Debian package clamav-daemon).\n")
  return there
}

/** A clamd of our own in a folder of its own, on a Unix socket, with one signature: ours. */
export async function aClamd(): Promise<{ path: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "onward-clamd-"))
  chmodSync(folder, 0o711)
  const path = join(folder, "clamd.sock")
  const hex = Buffer.from(FOUND_BY_TEST.text).toString("hex")
  // Name, any type of file, at any place, the bytes (ClamAV's extended form).
  writeFileSync(join(folder, "onward.ndb"), `${FOUND_BY_TEST.as}:0:*:${hex}\n`)
  const settings = {
    LocalSocket: path,
    DatabaseDirectory: folder,
    Foreground: "yes",
    StreamMaxLength: "60M",
    MaxFileSize: "60M",
    MaxScanSize: "200M",
    TemporaryDirectory: folder,
    LogFile: join(folder, "clamd.log"),
    OfficialDatabaseOnly: "no",
    User: "root",
  }
  const file = join(folder, "clamd.conf")
  if (process.getuid?.() !== 0) delete (settings as Partial<typeof settings>).User
  writeFileSync(
    file,
    Object.entries(settings)
      .map((line) => line.join(" "))
      .join("\n"),
  )
  const child = spawn(CLAMD, ["--config-file", file], { stdio: "ignore" })
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill("SIGKILL")
      await new Promise((done) => child.once("exit", done))
    }
    rmSync(folder, { recursive: true, force: true })
  }
  if (await answers(child, path)) return { path, stop }
  await stop()
  throw new Error("clamd did not start")
}

async function answers(child: ChildProcess, path: string): Promise<boolean> {
  for (let turn = 0; turn < 300 && child.exitCode === null; turn += 1) {
    const there = await new Promise<boolean>((done) => {
      const socket = createConnection({ path })
      socket.once("connect", () => done(true)).once("error", () => done(false))
      socket.once("close", () => socket.destroy())
      setTimeout(() => socket.destroy(), 500).unref()
    })
    if (there) return true
    await new Promise((done) => setTimeout(done, 100))
  }
  return false
}
