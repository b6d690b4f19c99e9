/** What stands where there is nothing to read, or where something broke: in the browser too. */
export const INSTEAD: Record<string, string> = {
  "signin.go": "Sign in",
  "error.title": "Something went wrong here",
  "error.body": "Nothing was changed. Try again; if it stays so, tell the administrator the number {id}.",
  "error.retry": "Try again",
  "missing.home": "Go to what needs you",
  "missing.title": "There is nothing here that you may read",
  "missing.body":
    "What you may not see looks the same as what does not exist. If you expected something, ask the administrator which company you belong to.",
  "error.away-title": "The register cannot be reached",
  "conflict.away":
    "The register's database cannot be reached at the moment. Nothing was changed; try again in a minute, and tell who runs Onward if it stays so.",
}
