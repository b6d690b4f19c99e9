// What `npm run bench -- uploads` does once there is an empty, migrated register: starts the pages, sends, says what came of it.
import { loadavg } from "node:os"

export async function uploads({ onward, env, port, json, machine }, { invited, start, run, bundle, signIn, round }) {
  const email = `bench.${Date.now()}@example.test`
  const link = invited(onward, email, "Bench", "legal")
  const { pid, end } = await start(env)
  const out = JSON.parse(
    await run(process.execPath, [await bundle("bench-uploads")], {
      ONWARD_BENCH_ORIGIN: `http://127.0.0.1:${port}`,
      ONWARD_BENCH_COOKIE: await signIn(link, email),
      ONWARD_BENCH_START: String(pid),
    }),
  )
  await end()
  if (out.fell) throw new Error("the pages fell under the uploads")
  const said = Object.fromEntries(
    Object.entries(out).map(([name, value]) => [name, typeof value === "number" ? round(value) : value]),
  )
  const load = loadavg().map(round)
  if (json) return process.stdout.write(`${JSON.stringify({ machine, load, ...said })}\n`)
  process.stdout.write(
    `${machine}; load ${load.join(", ")}\n` +
      `${said.uploads} uploads at once, ${said.megabytes} MB in ${said.seconds} s (${said.perSecond} MB/s), slowest ${said.slowest} ms; ` +
      `the pages took ${said.idleMb} MB before and ${said.peakMb} MB at most\n` +
      `${said.readBack} read back at once at ${said.readPerSecond} MB/s, ${said.readPeakMb} MB at most\n`,
  )
}
