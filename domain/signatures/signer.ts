/** What a certificate says about whom, as a sentence of the catalogue: a platform's seal names no person. */
export function signerSays(
  certificate: { commonName: string | null; organization: string | null; subject: string },
  hints: { person: boolean; sealType: boolean },
): { says: string; params: Record<string, string> } {
  const { commonName, organization } = certificate
  const plain = (words: string) => words.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")
  const [name, house] = [plain(commonName ?? ""), plain(organization ?? "")]
  const same = house !== "" && (name === "" || name.includes(house) || house.includes(name))
  const called = /\b(e-?seal|seal|siegel|cachet|sello|sigillo)\b/i.test(commonName ?? "")
  const by = organization ?? commonName ?? certificate.subject
  if (!hints.person && (hints.sealType || same || called)) return { says: "signatures.by.seal", params: { by } }
  const who = commonName ?? certificate.subject
  return organization
    ? { says: "signatures.by.person-of", params: { who, of: organization } }
    : { says: "signatures.by.person", params: { who } }
}
