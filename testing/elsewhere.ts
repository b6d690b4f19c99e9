import { spawn } from "node:child_process"
import { bundled } from "./bundled"
import type { Takes, Took } from "./takes-package"

/** Where a process believes that it is. */
export type Place = { zone: string; language: string }

/** Takes packages at the same time, each in a process of its own in that zone and language. */
export async function takenElsewhere(wanted: readonly (Takes & Place)[]): Promise<Took[]> {
  const { file, end } = await bundled("testing/takes-package.ts")
  try {
    return await Promise.all(wanted.map(({ zone, language, ...takes }) => tookIn({ zone, language }, file, takes)))
  } finally {
    end()
  }
}

function tookIn({ zone, language }: Place, file: string, takes: Takes): Promise<Took> {
  const env = { ...process.env, TZ: zone, LANG: language, LC_ALL: language, LANGUAGE: language }
  const child = spawn(process.execPath, [file], { env, stdio: ["pipe", "pipe", "inherit"] })
  let said = ""
  child.stdout.setEncoding("utf8").on("data", (part: string) => (said += part))
  child.stdin.end(JSON.stringify(takes))
  return new Promise((done, fail) => {
    child.once("error", fail)
    child.once("close", (code) =>
      code === 0 ? done(JSON.parse(said) as Took) : fail(new Error(`the process in ${zone} ended with ${code}`)),
    )
  })
}
