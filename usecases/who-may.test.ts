import { afterAll, beforeAll, expect, test } from "vitest"
import { sql } from "drizzle-orm"
import { row } from "@/db/connect"
import { mayAct, PERMISSIONS, type ActName } from "@/domain/people/permissions"
import { ROLES, type Role } from "@/domain/people/roles"
import { aDatabase, type TestDatabase } from "@/testing/database"
import { aPerson, sceneFor } from "@/testing/people"
import { clockNow, OPERATOR, type Actor, type Scene } from "./scene"
import { actorOfToken, makeToken } from "./people/sessions"

/**
 * Who may, written by hand from the security handbook and never from the code: requester, procurement, legal, DPO,
 * administrator, supervisor; then the operator of the machine (o) and whoever is signed in without a role (n).
 */
const EXPECTED: Record<ActName, string> = {
  //                    RPLDAS on
  "register.read": "    RPLD-S o-",
  "file.read": "        RPLD-S --",
  "file.text": "        RPLD-S --",
  "file.put": "         RPLD-- --",
  "signature.read": "  RPLD-S --",
  "signature.ask": "   -PLD-- --",
  "signature.look": "  ------ o-",
  "file.infected": "    ------ o-",
  "files.state": "      ----A- o-",
  "files.keep": "       ------ o-",
  "request.read": "     RPLD-S --",
  "request.draft": "    RPLD-- --",
  "pack.propose": "     --LD-- --",
  "request.submit": "   RPLD-- --",
  "request.withdraw": " RPLD-- --",
  "request.comment": "  RPLD-- --",
  "request.decide": "   -PLD-- --",
  "condition.meet": "   RPLD-- --",
  "condition.confirm": "-PLD-- --",
  "condition.give": "   -PLD-- --",
  "request.decide-many": "-PLD-- --",
  "request.send-back": "-PLD-- --",
  "supplier.ask": "     RP---- --",
  "supplier.revoke": "  RP---- --",
  "supplier.read": "    RPLD-- --",
  "answer.save": "      RPLDAS on",
  "answer.send": "      RPLDAS on",
  "supplier.renew": "   RP---- --",
  "answer.erase": "     ---D-- --",
  "answer.clear": "     ------ o-",
  "answer.keep": "      ----A- o-",
  "answer.keeping-read": "RPLDAS o-",
  "campaign.make": "    -P---- --",
  "campaign.revoke": "  -P---- --",
  "campaign.read": "    -PLD-- --",
  "sharing.discover": " RPLD-- --",
  "import.make": "      -PLD-- --",
  "import.try": "       -PLD-- o-",
  "findings.read": "    RPLD-S o-",
  "gap.take": "         RPLD-- --",
  "announcement.record": "RPLD-- --",
  "announcement.answer": "-PLD-- --",
  "letter.send": "        -PLD-- --",
  "folder.match": "       -PL--- --",
  "redaction.make": "     --LD-- --",
  "template.read": "      RPLD-S --",
  "template.propose": "   --L--- --",
  "template.decide": "    --LD-- --",
  "paper.make": "         RPLD-- --",
  "announcement.lapse": " ------ o-",
  "whatif.read": "      RPLD-S o-",
  "whatif.save": "      RPLD-S --",
  "clauses.read": "     RPLDAS o-",
  "export.make": "      --LD-S o-",
  "export.read": "      --LD-S --",
  "view.keep": "        RPLD-S --",
  "view.export": "      RPLD-S o-",
  "log.read": "         --LDAS o-",
  "refusals.read": "    ---DAS o-",
  "answers.read": "     -PLD-S --",
  "roles.read": "       --LD-S --",
  "look.read": "        RPLDAS -n",
  "question.ask": "     -----S --",
  "question.answer": "  --LD-- --",
  "question.read": "    --LD-S --",
  "visit.read": "       -----S --",
  "mainland.say": "     --LD-- --",
  "visit.open": "       ----A- o-",
  "person.read": "      ----A- o-",
  "person.invite": "    ----A- o-",
  "person.disable": "   ----A- o-",
  "person.reset": "     ----A- o-",
  "person.reset-confirm": "----A- --",
  "person.enter": "     RPLDAS on",
  "session.begin": "    RPLDAS on",
  "identity.enter": "   RPLDAS on",
  "identity.join": "    RPLDAS on",
  "identity.sign-out": "RPLDAS on",
  "identity.link": "    RPLDAS -n",
  "identity.unlink": "  RPLDAS -n",
  "signon.read": "      ----A- o-",
  "signon.put": "       ----A- o-",
  "session.end": "      RPLDAS -n",
  "session.prove": "    RPLDAS -n",
  "password.change": "  RPLDAS -n",
  "account.know": "     RPLDAS -n",
  "account.read": "     RPLDAS -n",
  "grant.give": "       ----A- o-",
  "grant.confirm": "    ----A- --",
  "grant.revoke": "     ----A- o-",
  "entity.read": "      RPLDAS o-",
  "entity.put": "       ----A- o-",
  "stages.read": "      RPLDAS o-",
  "stages.propose": "   ----A- --",
  "stages.decide": "    ---D-- --",
  "trust.read": "       RPLDAS o-",
  "trust.propose": "    ----A- --",
  "trust.decide": "     --LD-- --",
  "paper.confirm": "    -PL--- --",
  "calendar.put": "     ----A- o-",
  "token.make": "       RPLDAS --",
  "token.revoke": "     RPLDAS --",
  "token.read": "       RPLDAS --",
  "home.read": "        RPLDAS --",
  "inbox.read": "       RPLD-- --",
  "inbox.see": "        RPLD-- --",
  "told.read": "        RPLD-- --",
  "told.set": "         RPLD-- --",
  "away.read": "        RPLDAS -n",
  "away.set": "         -PLD-- --",
  "away.end": "         RPLDAS -n",
  "calendar.make": "    RPLD-- --",
  "calendar.revoke": "  RPLD-- --",
  "calendar.read": "    RPLD-- --",
  "escalation.name": "  ----A- o-",
  "mail.read": "        ----A- o-",
  "disclosure.find": "  ---D-- --",
  "disclosure.propose": "---D-- --",
  "disclosure.erase": " ---D-- --",
  "inquiry.read": "       -PLD-- --",
  "inquiry.make": "       -PLD-- --",
  "inquiry.answer": "     -PLD-- --",
  "inquiry.release": "    --LD-- --",
  "hold.read": "          --LD-- --",
  "hold.place": "         --LD-- --",
  "hold.end": "           --LD-- --",
  "disclosure.replay": "------ o-",
  "sample.load": "      ------ o-",
  "backup.make": "      ------ o-",
  "backup.restored": "  ------ o-",
  "log.begin": "        ------ o-",
  "log.key.add": "      ------ o-",
  "log.key.read": "       --LD-S --",
  "log.key.retire": "   ------ o-",
  "log.key.propose": "  ----A- --",
  "log.key.decide": "   ---D-- --",
  "log.witness.read": "   --LD-S --",
  "log.witness.name": "   ---D-- --",
  "log.witness.folder": "      ------ o-",
  "log.witness.end": "    ---D-- --",
  "log.cosign": "         --LD-- o-",
}

const LETTER: Record<Role, string> = {
  requester: "R",
  procurement: "P",
  legal: "L",
  dpo: "D",
  administrator: "A",
  supervisor: "S",
}
const NAMES = Object.keys(PERMISSIONS) as ActName[]
const expected = (name: string): string => (EXPECTED as Record<string, string | undefined>)[name] ?? ""
const held = (role: Role) => [{ grantId: "grt", role, entityId: null, confirmed: true }]

test("every act, look and jot has its row in the table, and the table has no other", () => {
  expect(Object.keys(EXPECTED).sort()).toEqual([...NAMES].sort())
})

test.each(NAMES)("%s is open to whom the handbook says, and to nobody else", (name) => {
  const roles = ROLES.map((role) => (mayAct(name, { kind: "person", held: held(role) }).ok ? LETTER[role] : ""))
  const operator = mayAct(name, { kind: "operator" }).ok ? "o" : ""
  const nobody = mayAct(name, { kind: "person", held: [] }).ok ? "n" : ""
  const wanted = expected(name).replace(/[- ]/g, "")
  expect([...roles, operator, nobody].join("").split("").sort()).toEqual(wanted.split("").sort())
})

type UseCase = {
  (scene: Scene, input: unknown): Promise<{ ok: boolean; code?: string; says?: string }>
  actName: ActName
}
const files = import.meta.glob<Record<string, unknown>>(["./**/*.ts", "!./**/*.test.ts", "!./**/*.refuses.ts"], {
  eager: true,
})
const useCases = Object.entries(files).flatMap(([path, exports]) =>
  Object.entries(exports).flatMap(([name, value]) =>
    typeof value === "function" && "actName" in value ? [{ where: `${path} ${name}`, call: value as UseCase }] : [],
  ),
)

let on: TestDatabase
const people = new Map<Role | "none", { page: Actor; token: Actor | null }>()

beforeAll(async () => {
  on = await aDatabase()
  for (const role of [...ROLES, "none" as const]) {
    const page = await aPerson(on.db, `Pat ${role}`, role === "none" ? [] : [role])
    const made = await makeToken(sceneFor(on.db, page), { label: "machine", days: 1 })
    people.set(role, { page, token: made.ok ? await actorOfToken(on.db, made.value.token, clockNow()) : null })
  }
})
afterAll(() => on.drop())

/** Everything that a refused call might have left behind, but for the list of refused attempts. */
async function traces(): Promise<unknown> {
  return row(
    on.db,
    sql`select (select size from log_head) as log, (select count(*) from versions) as versions, (select count(*) from requests) as requests,
      (select count(*) from proposals) as proposals, (select count(*) from people) as people, (select count(*) from role_grants) as grants,
      (select count(*) from tokens) as tokens, (select count(*) from links) as links, (select count(*) from files) as files,
      (select count(*) from imports) as imports, (select count(*) from comments) as comments, (select count(*) from decisions) as decisions,
      (select count(*) from sessions where revoked_at is null) as sessions, (select count(*) from disclosures) as disclosures`,
  )
}

test("the house has use cases to be refused", () => {
  expect(useCases.length).toBeGreaterThan(20)
})

test.each(useCases)(
  "$where refuses every role that has no cell, on the page and by token, and leaves no row",
  async ({ call }) => {
    const before = await traces()
    for (const role of [...ROLES, "none" as const]) {
      if (expected(call.actName).includes(role === "none" ? "n" : LETTER[role])) continue
      const person = people.get(role)
      for (const actor of [person?.page, person?.token]) {
        if (actor)
          expect(await call(sceneFor(on.db, actor), {})).toMatchObject({
            ok: false,
            code: "not-allowed",
            says: "not-allowed.role",
          })
      }
    }
    if (!expected(call.actName).includes("o")) {
      expect(await call(sceneFor(on.db, OPERATOR), {})).toMatchObject({ ok: false, says: "not-allowed.needs-person" })
    }
    if (!expected(call.actName).includes("on")) {
      expect(await call(sceneFor(on.db, null), {})).toMatchObject({ ok: false, says: "not-allowed.sign-in" })
    }
    expect(await traces()).toEqual(before)
  },
)
