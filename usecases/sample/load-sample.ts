import { randomBytes } from "node:crypto"
import { Readable } from "node:stream"
import { sql } from "drizzle-orm"
import { row, rows } from "@/db/connect"
import { heldRoles } from "@/db/statements/people"
import { addDays, dayIn, type Day } from "@/domain/core/day"
import type { Id } from "@/domain/core/id"
import { fromMillis, toMillis, type Instant } from "@/domain/core/instant"
import { good, refuse, type Outcome } from "@/domain/core/outcome"
import { mayAct } from "@/domain/people/permissions"
import { ROLES, type Role } from "@/domain/people/roles"
import { SAMPLE_COMPANIES } from "@/domain/sample/companies.data"
import { pdfPages } from "@/formats/pdf-pages"
import { SAMPLE_PAPER } from "@/domain/sample/paper"
import { decidedAt } from "@/domain/sample/pace"
import { randomFrom } from "@/domain/sample/random"
import type { Company, SampleGiven, SampleRequest } from "@/domain/sample/given"
import { sampleLetters } from "@/domain/sample/letters"
import { sampleStory } from "@/domain/sample/story"
import { FILE_LIMITS, putFile, receive } from "@/usecases/files/put-file"
import { enterByLink, invitePerson } from "@/usecases/people/accounts"
import { putEntity } from "@/usecases/people/entities"
import { sampleEmail } from "@/usecases/people/sample-people"
import { decideRequest } from "@/usecases/requests/decide-request"
import { draftRequest, saveProposal } from "@/usecases/requests/draft-request"
import { submitRequest } from "@/usecases/requests/submit-request"
import { seeInbox } from "@/usecases/told/inbox"
import { OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { playLetter, type Step } from "./play-letter"

const SEED = 20260101
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NAMES: Record<Role | "second", string> = {
  requester: "Robin (requester)",
  procurement: "Petra (procurement)",
  legal: "Lev (legal)",
  dpo: "Dina (DPO)",
  supervisor: "Sol (supervisor)",
  administrator: "Ali (administrator)",
  second: "Lou (second lawyer)",
}

export type SampleLoaded = { parties: number; sharings: number; requests: number }

/**
 * Tells the story of the sample company into an empty sample register: its people, companies, and every request through
 * the same doors as anybody's, at the instants of the story. Only a register that says of itself that it is a sample
 * takes it. Loading it again changes nothing.
 */
export async function loadSample(scene: Scene): Promise<Outcome<SampleLoaded>> {
  const may = scene.actor ? mayAct("sample.load", scene.actor) : refuse("not-allowed", "not-allowed.sign-in")
  if (!may.ok) return may
  const head = await row<{ register: string; size: number }>(
    scene.db,
    sql`select register, size from log_head where one`,
  )
  if (head?.register !== "sample") return refuse("not-allowed", "not-allowed.not-a-sample")
  if (head.size === 0) {
    const told = await tell(scene)
    if (!told.ok) return told
  }
  const [counts] = await rows<SampleLoaded>(
    scene.db,
    sql`select (select count(*)::int from party_rows where until_at = 'infinity') as parties,
      (select count(*)::int from sharing_rows where until_at = 'infinity') as sharings,
      (select count(*)::int from requests) as requests`,
  )
  return good(counts ?? { parties: 0, sharings: 0, requests: 0 })
}

type Cast = Record<Role | "second", Actor>

async function tell(scene: Scene): Promise<Outcome<null>> {
  const today = dayIn("UTC", scene.now)
  const begins = fromMillis(toMillis(`${addDays(today, -730)}T08:00:00.000Z` as Instant))
  const early = { ...scene, actor: OPERATOR, now: begins }
  const cast = await castOf(early)
  if (!cast.ok) return cast
  const companies = {} as SampleGiven["companies"] & Record<Company, { id: Id<"entity"> }>
  for (const [company, entity] of Object.entries(SAMPLE_COMPANIES) as [Company, (typeof SAMPLE_COMPANIES)[Company]][]) {
    const put = await putEntity(early, { body: entity })
    if (!put.ok) return put
    Object.assign(companies, { [company]: { id: put.value.id, entity } })
  }
  const file = await paper({ ...early, actor: cast.value.requester })
  if (!file.ok) return file
  const people = Object.fromEntries(ROLES.map((role) => [role, cast.value[role].id])) as SampleGiven["people"]
  const on: Telling = { scene, cast: cast.value, random: randomFrom(SEED) }
  const story = sampleStory({ seed: SEED, today: today as Day, companies, people, file: file.value })
  const letters = sampleLetters({ today: today as Day, companies }).map((letter): Step => {
    const at = fromMillis(toMillis(`${letter.receivedOn}T10:00:00.000Z` as Instant))
    return { at, run: () => playLetter({ scene, cast: cast.value, at }, letter) }
  })
  const requests = story.map((request): Step => ({ at: request.at, run: () => play(on, request) }))
  const told = await playAll([...requests, ...letters])
  return told.ok ? lookedAt(scene, cast.value) : told

  // Stages take days, so requests overlap: everything happens in the order of its instants.
  async function playAll(begun: readonly Step[]): Promise<Outcome<null>> {
    const steps = [...begun]
    for (;;) {
      const next = steps.reduce<Step | null>((first, one) => (first === null || one.at < first.at ? one : first), null)
      if (next === null) return good(null)
      steps.splice(steps.indexOf(next), 1)
      const done = await next.run()
      if (!done.ok) return done
      steps.push(...done.value)
    }
  }
}

type Telling = { scene: Scene; cast: Cast; random: () => number }

/** So many days of notices a visitor finds new: whoever sat there before looked at the rest. */
const NEW_DAYS = 7

/** The people of the story have seen what they were told while it went on. */
async function lookedAt(scene: Scene, cast: Cast): Promise<Outcome<null>> {
  const now = fromMillis(toMillis(scene.now) - NEW_DAYS * 24 * 60 * MINUTE)
  for (const actor of Object.values(cast)) {
    if (!mayAct("inbox.see", actor).ok) continue
    const seen = await seeInbox({ ...scene, actor, now }, { upTo: now })
    if (!seen.ok) return seen
  }
  return good(null)
}

/** Whoever sits in a seat, each with an account that nobody can sign in to. */
async function castOf(scene: Scene): Promise<Outcome<Cast>> {
  const cast: Partial<Cast> = {}
  for (const seat of [...ROLES, "second"] as const) {
    const role = seat === "second" ? "legal" : seat
    const email = sampleEmail(seat === "second" ? "second-legal" : seat)
    const invited = await invitePerson(scene, { email, name: NAMES[seat], roles: [{ role, entityId: null }] })
    if (!invited.ok) return invited
    const password = randomBytes(24).toString("base64url")
    const entered = await enterByLink(
      { ...scene, actor: null },
      { link: invited.value.path.split("/").pop(), password },
    )
    if (!entered.ok) return entered
    const id = entered.value.personId as Id<"person">
    // The log gives each act an instant of its own, a little later than the clock of the story.
    const held = await heldRoles(scene.db, id, fromMillis(toMillis(scene.now) + 60 * MINUTE))
    cast[seat] = { kind: "person", id, name: NAMES[seat], held, via: "page", session: null }
  }
  return good(cast as Cast)
}

/** The PDF that stands for every agreement of the sample. */
async function paper(scene: Scene): Promise<Outcome<{ id: Id<"file">; sha256: string }>> {
  // Our own bytes, which wait for no virus scanner.
  const bytes = await pdfPages(SAMPLE_PAPER, "Agreement of the sample company")
  const received = await receive({ ...scene, scanner: null }, Readable.from([bytes]), FILE_LIMITS.paper)
  if (!received.ok) return received
  const put = await putFile(scene, { name: "agreement.pdf", use: "paper", received: received.value })
  return put.ok ? good({ id: put.value.id as Id<"file">, sha256: put.value.sha256 }) : put
}

/** Plays one request until it is brought; its stages are decided in the days that follow. */
async function play(on: Telling, request: SampleRequest): Promise<Outcome<Step[]>> {
  const { scene, cast } = on
  let minutes = 0
  const as = (actor: Actor): Scene => {
    minutes += 2
    return { ...scene, actor, now: fromMillis(toMillis(request.at) + minutes * MINUTE) }
  }
  const draft = await draftRequest(as(cast.requester), { title: request.title, kind: request.kind })
  if (!draft.ok) return draft
  const requestId = draft.value.id
  const writing = as(cast.requester)
  for (const { id, kind, op, body, discovered } of request.proposals) {
    const saved = await saveProposal(writing, { requestId, recordId: id, kind, op, body, discovered })
    if (!saved.ok) return inStory(saved, request)
  }
  if (request.ends === "draft") return good([])
  const submitted = await submitRequest(as(cast.requester), { requestId })
  if (!submitted.ok) return inStory(submitted, request)
  if (request.ends === "recorded" || request.ends === "in-review") return good([])
  const { hash, stages } = submitted.value
  const refusing = request.ends === "refused"
  // Who refuses is the first who decides: then nobody else does.
  const asked = refusing ? stages.filter((one) => one.seat === "decides").slice(0, 1) : stages
  const latest = fromMillis(toMillis(scene.now) - HOUR)
  let last = request.at
  return good(
    asked.map(({ stage, entityId, seat }): Step => {
      // A second lawyer looks at what the first one saw fit to approve; the others decide side by side.
      const at = decidedAt(stage, stage === "second-legal" ? last : request.at, latest, on.random)
      if (at > last) last = at
      return {
        at,
        run: async () => {
          const decided = await decideRequest(
            { ...scene, actor: seatOf(cast, stage), now: at },
            {
              ...{ requestId, hash, stage, entityId },
              verdict: refusing ? "refuse" : seat === "decides" ? "approve" : "agree",
              reason: refusing ? "No paper and no vetting; ask again when both are there." : "",
            },
          )
          return decided.ok ? good([]) : inStory(decided, request)
        },
      }
    }),
  )
}

function seatOf(cast: Cast, stage: string): Actor {
  if (stage === "second-legal") return cast.second
  return cast[stage as "procurement" | "legal" | "dpo"]
}

/** A story that its own rules refuse is a fault of the story, and says which request it was. */
function inStory(refusal: Extract<Outcome<never>, { ok: false }>, request: SampleRequest): Outcome<never> {
  const why = [
    ...(refusal.fields ?? []).map((field) => `${field.path}: ${field.says}`),
    ...(refusal.findings ?? []).map((finding) => `${finding.clause} ${finding.says} ${JSON.stringify(finding.params)}`),
  ]
  throw new Error(`the sample's request "${request.title}" was refused: ${refusal.says} ${why.slice(0, 8).join("; ")}`)
}
