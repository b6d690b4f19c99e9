import { addressOf, typedScenario, type Scenario } from "@/domain/whatif/scenario"

/** What a form or a machine says it supposes: the scenario whole (JSON), the run or kept scenario, or kind and subject. */
export function supposedIn(sent: Record<string, unknown>, form: boolean): Record<string, unknown> {
  if (!form) return sent
  for (const name of ["runId", "scenarioId"]) if (typeof sent[name] === "string") return { [name]: sent[name] }
  const kind = String(sent.kind ?? "")
  const said = typeof sent.scenario === "string" ? parsed(sent.scenario) : null
  return { scenario: said ?? typedScenario(kind, String(sent.subject ?? ""), { ...sent, pack: parsed(sent.pack) }) }
}

/** What was typed as JSON; null where it is none, for the shape to refuse. */
function parsed(text: unknown): unknown {
  try {
    return typeof text === "string" && text !== "" ? (JSON.parse(text) as unknown) : null
  } catch {
    return null
  }
}

/** Where a scenario is answered: at its own address, or where the run is. */
export function answeredAt(begun: { scenario: Scenario; runId: string | null }): string {
  return begun.runId ? `/what-if/runs/${begun.runId}` : (addressOf(begun.scenario) ?? "/what-if")
}
