/**
 * Raised whenever checks or coverage say something else of the same records under the same packs: an update then has
 * everything in force judged anew, once. What was found before stays as it was shown.
 */
export const CHECKS_EDITION = 5
