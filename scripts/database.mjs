// A PostgreSQL of one's own: asked before anything is made, and what it answers told in one sentence.
import pg from "pg"
import { Sentence } from "./postgres.mjs"

const OLDEST = 15

/** What a database's error means, as a sentence for the operator; null where it is none of these. */
export function databaseSentence(problem, name = "the database") {
  const { code, message } = problem?.cause?.code ? problem.cause : (problem ?? {})
  if (/^(ECONN|ENOTFOUND|EHOST|ENET|ETIMEDOUT|EAI_|ENOENT$)/.test(code ?? "") || /timeout/i.test(message ?? ""))
    return `${name} cannot be reached (${code ?? "no answer in time"}): see that PostgreSQL runs there and that the address is right.`
  if (code === "28000" && /role .* does not exist/.test(message) && name === "DATABASE_URL")
    return `${name} refuses the sign-in: ${message}. Let the operator of the server run: create role onward_app login password '…';`
  if (code === "28P01" || code === "28000") return `${name} refuses the sign-in: ${message}. See its role and password.`
  if (code === "3D000" && name !== "the database")
    return `${name} names a database that is not there (${message}): create it, or name another.`
  if (code === "3D000" || code === "42P01")
    return "There is no register here yet: run npm start once, or restore a backup."
  if (code === "42501") return `${name} does not let its role do this: ${message}.`
  if (code === "57P03" || code === "53300") return `${name} takes nobody at the moment: ${message}.`
  return null
}

async function ask(url, name, question) {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: "onward-start",
  })
  try {
    await client.connect()
    return (await client.query(question)).rows[0]
  } catch (problem) {
    throw new Sentence(databaseSentence(problem, name) ?? `${name} answers: ${problem.message}`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Whether a PostgreSQL of one's own can be served from. Throws a `Sentence`, with the SQL for its operator where rights
 * are lacking. Says whether the owner's address is to migrate; without one the database must be migrated already.
 */
export async function checkDatabase({ databaseUrl, databaseOwnerUrl }) {
  const app = await ask(
    databaseUrl,
    "DATABASE_URL",
    `select current_setting('server_version_num')::int / 10000 as major, r.rolname as role, r.rolsuper as super,
       to_regclass('onward_migrations.__drizzle_migrations') is not null as migrated,
       exists (select 1 from pg_class c where c.relname = 'log_leaves' and c.relowner = r.oid) as owns
     from pg_roles r where r.rolname = current_user`,
  )
  const unfit = unfitToServe(app, databaseOwnerUrl && new URL(databaseOwnerUrl).username)
  if (unfit) throw new Sentence(unfit)
  if (!databaseOwnerUrl) {
    if (app.migrated) return false
    throw new Sentence(
      `The database in DATABASE_URL holds no register yet, and ${app.role} may not make one: name its owner in DATABASE_OWNER_URL for this start.`,
    )
  }
  await checkOwner(databaseOwnerUrl, app.role)
  return true
}

/** Why what DATABASE_URL names may not serve, in a sentence; null when it may. `owner`: the role of DATABASE_OWNER_URL. */
export function unfitToServe(app, owner) {
  if (app.major < OLDEST) return `DATABASE_URL names PostgreSQL ${app.major}: Onward needs ${OLDEST} or newer.`
  if (app.super || app.owns || app.role === owner)
    return `DATABASE_URL names ${app.role}, who could rewrite what stands: name the role onward_app there, and the owner in DATABASE_OWNER_URL.`
  return null
}

async function checkOwner(url, appRole) {
  const owner = await ask(
    url,
    "DATABASE_OWNER_URL",
    `select r.rolname as role, current_database() as database, r.rolsuper as super, r.rolcreaterole as createrole,
       has_database_privilege(current_database(), 'CREATE') as creates, has_schema_privilege('public', 'CREATE') as makes,
       to_regclass('public.log_head') is not null as there,
       array(select r from unnest(array['onward_app', 'onward_read']) r where not exists (select 1 from pg_roles where rolname = r)) as missing,
       pg_has_role(current_user, coalesce((select relowner from pg_class where oid = to_regclass('public.log_head')), r.oid), 'MEMBER') as owns
     from pg_roles r where r.rolname = current_user`,
  )
  if (owner.super) return
  const name = (word) => `"${word.replaceAll('"', '""')}"`
  const sql = [
    ...(owner.createrole || owner.there
      ? []
      : owner.missing.map(
          (role) => `create role ${role}${role === "onward_app" ? " login password '…'" : " nologin"};`,
        )),
    ...(owner.creates ? [] : [`grant create on database ${name(owner.database)} to ${name(owner.role)};`]),
    ...(owner.makes ? [] : [`grant usage, create on schema public to ${name(owner.role)};`]),
  ]
  if (!owner.owns)
    throw new Sentence(
      `The register in ${owner.database} does not belong to ${owner.role}: name its owner in DATABASE_OWNER_URL.`,
    )
  if (sql.length > 0)
    throw new Sentence(
      `${owner.role}, named in DATABASE_OWNER_URL, lacks rights. Let the operator of the server run this in ${owner.database} and start again (${appRole} serves):\n${sql.join("\n")}`,
    )
}
