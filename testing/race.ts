import { fork, type ChildProcess } from "node:child_process"
import { bundled } from "./bundled"
import type { Came, Move } from "./racer"

/** Two server processes on one database. */
export type Race = { both: (moves: [Move, Move]) => Promise<[Came, Came]>; end: () => Promise<void> }

/** Starts two processes, each with its own connections; `both` lets them go at the same moment. */
export async function startRace(url: string): Promise<Race> {
  const { file, end } = await bundled("testing/racer.ts")
  const children = [0, 1].map(() => fork(file, { env: { ...process.env, ONWARD_RACE_URL: url }, execArgv: [] }))
  await Promise.all(children.map((child) => heard(child)))
  return {
    both: async (moves) => {
      const answers = children.map((child) => heard(child))
      children.forEach((child, i) => child.send(moves[i] as Move))
      return (await Promise.all(answers)) as [Came, Came]
    },
    end: async () => {
      await Promise.all(
        children.map(
          (child) =>
            new Promise<void>((done) => {
              child.once("exit", () => done())
              child.send("end")
            }),
        ),
      )
      end()
    },
  }
}

function heard(child: ChildProcess): Promise<unknown> {
  return new Promise((done, fail) => {
    const gone = (code: number | null): void => fail(new Error(`a racing process ended with ${code}`))
    child.once("exit", gone)
    child.once("message", (message) => {
      child.off("exit", gone)
      done(message)
    })
  })
}
