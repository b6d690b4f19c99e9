import { randomBytes } from "node:crypto"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { folderStore } from "@/adapters/files/folder"
import type { Db } from "@/db/connect"
import { heldRoles } from "@/db/statements/people"
import type { Id } from "@/domain/core/id"
import type { Role } from "@/domain/people/roles"
import { enterByLink, invitePerson, makeSetupLink, setUp } from "@/usecases/people/accounts"
import { putEntity } from "@/usecases/people/entities"
import { clockNow, OPERATOR, type Actor, type Scene } from "@/usecases/scene"
import { typedEntity } from "./bodies"
import { TEST_KEYS } from "./keys"

export const PASSWORD = "harbour kettle ninety moss"

/** A scene in which this actor asks now. */
export function sceneFor(db: Db, actor: Actor | null, more: Partial<Scene> = {}): Scene {
  return {
    register: "main",
    db,
    actor,
    now: clockNow(),
    files: folderStore(join(tmpdir(), `onward-test-files-${process.pid}`), TEST_KEYS),
    ...more,
  }
}

/** A person with roles, invited by the operator and entered by their link. */
export async function aPerson(db: Db, name: string, roles: Role[], entityId: string | null = null): Promise<Actor> {
  const operator = sceneFor(db, OPERATOR)
  const email = `${name.toLowerCase().replace(/\W/g, ".")}.${randomBytes(3).toString("hex")}@example.test`
  const invited = await invitePerson(operator, { email, name, roles: roles.map((role) => ({ role, entityId })) })
  if (!invited.ok) throw new Error(invited.says)
  const entered = await enterByLink(sceneFor(db, null), {
    link: invited.value.path.split("/").pop(),
    password: PASSWORD,
  })
  if (!entered.ok) throw new Error(entered.says)
  return actorById(db, entered.value.personId)
}

/** The actor of a person, with the roles in effect now. */
export async function actorById(db: Db, id: string): Promise<Actor> {
  return {
    kind: "person",
    id: id as Id<"person">,
    name: id,
    held: await heldRoles(db, id, clockNow()),
    via: "page",
    session: null,
  }
}

/** The first administrator, by the set-up link. */
export async function firstAdministrator(db: Db): Promise<Actor> {
  const link = await makeSetupLink(sceneFor(db, OPERATOR), {})
  if (!link.ok || !link.value.path) throw new Error("no set-up link")
  const made = await setUp(sceneFor(db, null), {
    link: link.value.path.split("/").pop(),
    email: "first@example.test",
    name: "First Admin",
    password: PASSWORD,
  })
  if (!made.ok) throw new Error(made.says)
  return actorById(db, made.value.personId)
}

/** A company of ours, put by the operator. */
export async function anEntity(db: Db): Promise<Id<"entity">> {
  const made = await putEntity(sceneFor(db, OPERATOR), { body: typedEntity() })
  if (!made.ok) throw new Error(made.says)
  return made.value.id as Id<"entity">
}
