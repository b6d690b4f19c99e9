import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Whether a command is on this machine. What needs it says loudly when it is not. */
export function has(command: string): boolean {
  const found = spawnSync("sh", ["-c", `command -v ${command}`]).status === 0
  if (!found)
    process.stderr.write(
      `\nSKIPPED: ${command} is not on this machine, so what outside tools say of signatures is not tried here.\n\n`,
    )
  return found
}

/** A folder of its own with ways to write into it and to run a tool in it. */
export function workshop() {
  const folder = mkdtempSync(join(tmpdir(), "onward-tools-"))
  return {
    folder,
    put: (name: string, bytes: Buffer | string) => writeFileSync(join(folder, name), bytes),
    get: (name: string) => readFileSync(join(folder, name)),
    run: (command: string, ...args: string[]) => {
      const ran = spawnSync(command, args, { cwd: folder, encoding: "utf8" })
      return { code: ran.status, out: ran.stdout, err: ran.stderr }
    },
    leave: () => rmSync(folder, { recursive: true, force: true }),
  }
}
