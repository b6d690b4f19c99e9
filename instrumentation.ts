/** Runs once before the server takes requests: the database is opened and asked whether it still defends itself. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs" || !process.env.ONWARD_APP_URL) return
  const { behind } = await import("@/app/wiring")
  const { readiness } = await import("@/usecases/running/ready")
  const main = behind("main")
  if (!main) return
  const state = await readiness(main.db)
  if (!state.ready) {
    process.stderr.write(`Onward cannot serve: ${state.why ?? "the database is not ready"}.\n`)
    process.exit(1)
  }
}
