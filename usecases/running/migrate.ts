/** Migrating and making databases: done by the owner, before anybody is served; no act of the register. */
export { dropDatabase, ensureDatabase, migrateDatabase } from "@/db/migrate"
