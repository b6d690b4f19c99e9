import { good, refuse, type Outcome } from "@/domain/core/outcome"
import type { HeldRole, Role } from "./roles"

/** Who may, by role; `operator` is the person at the machine's terminal. Written from the security handbook's table. */
type Rule = {
  roles: readonly Role[]
  operator?: boolean
  /** Whoever holds the one-time link or the password. */ open?: boolean
  /** Whoever is signed in, whatever their roles: it is about their own account. */ self?: boolean
  /** Needs a proof of who it is within the last five minutes: it decides, or touches roles, keys or who may sign in. */
  fresh?: boolean
}

const READERS = ["requester", "procurement", "legal", "dpo", "supervisor"] as const
const WORKERS = ["requester", "procurement", "legal", "dpo"] as const
const DECIDERS = ["procurement", "legal", "dpo"] as const
const EVERYBODY = ["requester", "procurement", "legal", "dpo", "supervisor", "administrator"] as const

/** Every act, look and jot there is, and who may call it. A use case without an entry does not compile. */
export const PERMISSIONS = {
  "register.read": { roles: READERS, operator: true },
  "file.read": { roles: READERS },
  "file.text": { roles: READERS },
  "file.put": { roles: WORKERS },
  "signature.read": { roles: READERS },
  "signature.ask": { roles: DECIDERS },
  "signature.look": { roles: [], operator: true },
  "file.infected": { roles: [], operator: true },
  "files.state": { roles: ["administrator"], operator: true },
  "files.keep": { roles: [], operator: true },
  "request.read": { roles: READERS },
  "request.draft": { roles: WORKERS },
  "pack.propose": { roles: ["legal", "dpo"] },
  "request.submit": { roles: WORKERS },
  "request.withdraw": { roles: WORKERS },
  "request.comment": { roles: WORKERS },
  "request.decide": { roles: DECIDERS, fresh: true },
  "condition.meet": { roles: WORKERS },
  "condition.confirm": { roles: DECIDERS },
  "condition.give": { roles: DECIDERS },
  "request.decide-many": { roles: DECIDERS, fresh: true },
  "request.send-back": { roles: DECIDERS, fresh: true },
  "supplier.ask": { roles: ["requester", "procurement"] },
  "supplier.revoke": { roles: ["requester", "procurement"] },
  "supplier.read": { roles: WORKERS },
  "answer.save": { roles: [], open: true },
  "answer.send": { roles: [], open: true },
  "supplier.renew": { roles: ["requester", "procurement"] },
  "answer.erase": { roles: ["dpo"], fresh: true },
  "answer.clear": { roles: [], operator: true },
  "answer.keep": { roles: ["administrator"], operator: true, fresh: true },
  "answer.keeping-read": { roles: EVERYBODY, operator: true },
  "campaign.make": { roles: ["procurement"] },
  "campaign.revoke": { roles: ["procurement"] },
  "campaign.read": { roles: DECIDERS },
  "sharing.discover": { roles: WORKERS },
  "import.make": { roles: DECIDERS },
  "import.try": { roles: DECIDERS, operator: true },
  "findings.read": { roles: READERS, operator: true },
  "gap.take": { roles: WORKERS },
  "announcement.record": { roles: WORKERS },
  "announcement.answer": { roles: DECIDERS },
  "letter.send": { roles: DECIDERS },
  "folder.match": { roles: ["procurement", "legal"] },
  "redaction.make": { roles: ["legal", "dpo"] },
  "template.read": { roles: READERS },
  "template.propose": { roles: ["legal"] },
  "template.decide": { roles: ["legal", "dpo"], fresh: true },
  "paper.make": { roles: WORKERS },
  "announcement.lapse": { roles: [], operator: true },
  "whatif.read": { roles: READERS, operator: true },
  "whatif.save": { roles: READERS },
  "clauses.read": { roles: EVERYBODY, operator: true },
  "export.make": { roles: ["legal", "dpo", "supervisor"], operator: true },
  "export.read": { roles: ["legal", "dpo", "supervisor"] },
  "view.keep": { roles: READERS },
  "view.export": { roles: READERS, operator: true },
  "log.read": { roles: ["legal", "dpo", "supervisor", "administrator"], operator: true },
  "refusals.read": { roles: ["administrator", "dpo", "supervisor"], operator: true },
  "answers.read": { roles: ["procurement", "legal", "dpo", "supervisor"] },
  "roles.read": { roles: ["legal", "dpo", "supervisor"] },
  /** Whoever visited reads what they looked at, also when their account has ended. */
  "look.read": { roles: ["legal", "dpo", "supervisor"], self: true },
  "question.ask": { roles: ["supervisor"] },
  "question.answer": { roles: ["legal", "dpo"] },
  "question.read": { roles: ["legal", "dpo", "supervisor"] },
  "visit.read": { roles: ["supervisor"] },
  "mainland.say": { roles: ["legal", "dpo"], fresh: true },
  "visit.open": { roles: ["administrator"], operator: true, fresh: true },
  "person.read": { roles: ["administrator"], operator: true },
  "person.invite": { roles: ["administrator"], operator: true },
  "person.disable": { roles: ["administrator"], operator: true },
  "person.enter": { roles: [], open: true },
  "session.begin": { roles: [], open: true },
  "identity.enter": { roles: [], open: true },
  "identity.join": { roles: [], open: true },
  "identity.sign-out": { roles: [], open: true },
  "identity.link": { roles: EVERYBODY, self: true, fresh: true },
  "identity.unlink": { roles: EVERYBODY, self: true, fresh: true },
  "signon.read": { roles: ["administrator"], operator: true },
  "signon.put": { roles: ["administrator"], operator: true, fresh: true },
  "person.reset": { roles: ["administrator"], operator: true, fresh: true },
  "person.reset-confirm": { roles: ["administrator"], fresh: true },
  "grant.give": { roles: ["administrator"], operator: true, fresh: true },
  "grant.confirm": { roles: ["administrator"], fresh: true },
  "grant.revoke": { roles: ["administrator"], operator: true, fresh: true },
  "entity.read": { roles: EVERYBODY, operator: true },
  "entity.put": { roles: ["administrator"], operator: true, fresh: true },
  "stages.read": { roles: EVERYBODY, operator: true },
  "stages.propose": { roles: ["administrator"], fresh: true },
  "stages.decide": { roles: ["dpo"], fresh: true },
  "trust.read": { roles: EVERYBODY, operator: true },
  "trust.propose": { roles: ["administrator"], fresh: true },
  "trust.decide": { roles: ["legal", "dpo"], fresh: true },
  "paper.confirm": { roles: ["procurement", "legal"], fresh: true },
  "calendar.put": { roles: ["administrator"], operator: true },
  "token.make": { roles: EVERYBODY, fresh: true },
  "token.revoke": { roles: EVERYBODY },
  "token.read": { roles: EVERYBODY },
  "session.end": { roles: EVERYBODY, self: true },
  "session.prove": { roles: EVERYBODY, self: true },
  "password.change": { roles: EVERYBODY, self: true, fresh: true },
  "account.know": { roles: EVERYBODY, self: true },
  "account.read": { roles: EVERYBODY, self: true },
  "home.read": { roles: EVERYBODY },
  "inbox.read": { roles: WORKERS },
  "inbox.see": { roles: WORKERS },
  "told.read": { roles: WORKERS },
  "told.set": { roles: WORKERS },
  "away.read": { roles: EVERYBODY, self: true },
  "away.set": { roles: DECIDERS, fresh: true },
  "away.end": { roles: EVERYBODY, self: true },
  "calendar.make": { roles: WORKERS, fresh: true },
  "calendar.revoke": { roles: WORKERS },
  "calendar.read": { roles: WORKERS },
  "escalation.name": { roles: ["administrator"], operator: true },
  "mail.read": { roles: ["administrator"], operator: true },
  "disclosure.find": { roles: ["dpo"] },
  "disclosure.propose": { roles: ["dpo"], fresh: true },
  "disclosure.erase": { roles: ["dpo"], fresh: true },
  "inquiry.read": { roles: DECIDERS },
  "inquiry.make": { roles: DECIDERS },
  "inquiry.answer": { roles: DECIDERS },
  "inquiry.release": { roles: ["legal", "dpo"], fresh: true },
  "hold.read": { roles: ["legal", "dpo"] },
  "hold.place": { roles: ["legal", "dpo"], fresh: true },
  "hold.end": { roles: ["legal", "dpo"], fresh: true },
  "disclosure.replay": { roles: [], operator: true },
  "sample.load": { roles: [], operator: true },
  "backup.make": { roles: [], operator: true },
  "backup.restored": { roles: [], operator: true },
  "log.begin": { roles: [], operator: true },
  "log.key.add": { roles: [], operator: true },
  "log.key.read": { roles: ["legal", "dpo", "supervisor"] },
  "log.key.retire": { roles: [], operator: true },
  "log.key.propose": { roles: ["administrator"], fresh: true },
  "log.key.decide": { roles: ["dpo"], fresh: true },
  "log.witness.read": { roles: ["legal", "dpo", "supervisor"] },
  "log.witness.name": { roles: ["dpo"], fresh: true },
  "log.witness.folder": { roles: [], operator: true },
  "log.witness.end": { roles: ["dpo"], fresh: true },
  "log.cosign": { roles: ["legal", "dpo"], operator: true },
} as const satisfies Record<string, Rule>

export type ActName = keyof typeof PERMISSIONS

type Asker = { kind: "person"; held: readonly HeldRole[] } | { kind: "operator" }

/** Whether the act is open to whoever holds its link or password, without an account. */
export function isOpen(name: ActName): boolean {
  const rule: Rule = PERMISSIONS[name]
  return rule.open === true
}

/** Whether the act needs a proof, by password or provider, within the last five minutes. */
export function needsProof(name: ActName): boolean {
  const rule: Rule = PERMISSIONS[name]
  return rule.fresh === true
}

/**
 * Whether the asker may call the act at all, and in which of their roles it is done. Whether they may do it to this
 * thing is the use case's own question.
 */
export function mayAct(name: ActName, asker: Asker): Outcome<{ role: Role | "operator" | "none" }> {
  const rule: Rule = PERMISSIONS[name]
  if (rule.open) return good({ role: "none" })
  if (asker.kind === "operator") {
    return rule.operator ? good({ role: "operator" }) : refuse("not-allowed", "not-allowed.needs-person")
  }
  const role = rule.roles.find((wanted) => asker.held.some((held) => held.role === wanted))
  if (!role && rule.self) return good({ role: "none" })
  return role ? good({ role }) : refuse("not-allowed", "not-allowed.role")
}

/** The entities whose content the person may read: null is all of them. Administrators read no content. */
export function readableEntities(asker: { held: readonly HeldRole[] }): string[] | null {
  const reading = asker.held.filter((held) => (READERS as readonly string[]).includes(held.role))
  if (reading.some((held) => held.entityId === null)) return null
  return [...new Set(reading.flatMap((held) => (held.entityId ? [held.entityId] : [])))]
}

/**
 * Whether every reading of this person is a supervisor's, so that each look is logged. Being administrator as well
 * changes nothing: an administrator reads no content.
 */
export function isOnlySupervisor(asker: Asker): boolean {
  if (asker.kind !== "person") return false
  const reading = asker.held.filter((held) => (READERS as readonly string[]).includes(held.role))
  return reading.length > 0 && reading.every((held) => held.role === "supervisor")
}

/** Whether the person reads only as requester: the files and talk of their own requests, and no log. */
export function isOnlyRequester(asker: Asker): boolean {
  if (asker.kind !== "person") return false
  const reading = asker.held.filter((held) => (READERS as readonly string[]).includes(held.role))
  return reading.every((held) => held.role === "requester")
}

/** Whether a log may be read with its content: a supervisor's, a lawyer's, a DPO's, the operator's; nobody else's. */
export function readsLogContent(asker: Asker): boolean {
  return asker.kind === "operator" || asker.held.some((held) => ["legal", "dpo", "supervisor"].includes(held.role))
}

/** Whether the person works on requests of others: decides or advises in one of their roles. */
export function isDecider(asker: Asker): boolean {
  return asker.kind === "person" && asker.held.some((held) => (DECIDERS as readonly string[]).includes(held.role))
}

/** Whether the person holds the role for the entity (a grant without entity is for every one). */
export function holdsRole(asker: Asker, role: Role, entityId: string | null): boolean {
  return (
    asker.kind === "person" &&
    asker.held.some((held) => held.role === role && (held.entityId === null || held.entityId === entityId))
  )
}
