import { sayer } from "./sayer"
import { ANSWERS } from "./answers"
import { AUDIT } from "./audit"
import { AWAY } from "./away"
import { ASKED } from "./asked"
import { BANDS } from "./bands"
import { BY_HAND_WORDS } from "./by-hand"
import { CLOCKS } from "./clocks"
import { COVERAGE } from "./coverage"
import { DECIDING } from "./deciding"
import { DESK } from "./desk"
import { DUTIES } from "./duties"
import { EXPORTS } from "./exports"
import { FINDINGS } from "./findings"
import { EVENT_WORDS } from "./events"
import { FILE_WORDS } from "./files"
import { FOLDERS } from "./folders"
import { FORMS } from "./forms"
import { FINDINGS_EU } from "./findings-eu"
import { FINDINGS_MORE } from "./findings-more"
import { FINDINGS_WORLD } from "./findings-world"
import { INSTEAD } from "./instead"
import { INTAKE } from "./intake"
import { INTAKE_QUESTIONS } from "./intake-questions"
import { IMPORT_WORDS } from "./import"
import { IMPORTS } from "./imports"
import { KEYS } from "./keys"
import { LIST_WORDS } from "./lists"
import { LEARNT } from "./learnt"
import { HOLDS } from "./holds"
import { INQUIRIES } from "./inquiries"
import { LOG_KEY_WORDS } from "./log-keys"
import { MEMBER_WORDS } from "./members"
import { LETTERS } from "./letters"
import { LIFE } from "./life"
import { LOG } from "./log"
import { LOOKED } from "./looked"
import { OVERSIGHT } from "./oversight"
import { PAGES } from "./pages"
import { PAPERS } from "./papers"
import { PEOPLE } from "./people"
import { LAW_WORDS } from "./law"
import { PACK_WORDS } from "./packs"
import { PROMISES } from "./promises"
import { PICTURES } from "./pictures"
import { REFUSALS } from "./refusals"
import { STAGE_WORDS } from "./stages"
import { SIGN_ON } from "./sign-on"
import { SIGNATURES } from "./signatures"
import { SIGNED } from "./signed"
import { STORIES } from "./stories"
import { REVIEW } from "./review"
import { REVIEWING } from "./reviewing"
import { SUPPLIERS } from "./suppliers"
import { TEMPLATE_WORDS } from "./templates"
import { TOLD } from "./told"
import { TRUST } from "./trust"
import { VERIFY } from "./verify"
import { VISITS } from "./visits"
import { WHAT_IF } from "./what-if"

/** Every sentence that a person reads, by key. English first; another language is another such object. */
export const CATALOGUE: Record<string, string> = {
  ...REFUSALS,
  ...VERIFY,
  ...STAGE_WORDS,
  ...TRUST,
  ...HOLDS,
  ...INQUIRIES,
  ...LOG_KEY_WORDS,
  ...MEMBER_WORDS,
  ...EVENT_WORDS,
  ...BY_HAND_WORDS,
  ...TEMPLATE_WORDS,
  ...AUDIT,
  ...AWAY,
  ...ANSWERS,
  ...INSTEAD,
  ...BANDS,
  ...PAGES,
  ...PAPERS,
  ...PEOPLE,
  ...FILE_WORDS,
  ...FOLDERS,
  ...FORMS,
  ...CLOCKS,
  ...KEYS,
  ...STORIES,
  ...LOG,
  ...LOOKED,
  ...EXPORTS,
  ...FINDINGS,
  ...FINDINGS_EU,
  ...FINDINGS_MORE,
  ...FINDINGS_WORLD,
  ...COVERAGE,
  ...PICTURES,
  ...OVERSIGHT,
  ...INTAKE,
  ...INTAKE_QUESTIONS,
  ...IMPORT_WORDS,
  ...IMPORTS,
  ...PROMISES,
  ...LAW_WORDS,
  ...PACK_WORDS,
  ...REVIEW,
  ...REVIEWING,
  ...SUPPLIERS,
  ...SIGNATURES,
  ...SIGNED,
  ...DECIDING,
  ...DESK,
  ...DUTIES,
  ...VISITS,
  ...WHAT_IF,
  ...LEARNT,
  ...LETTERS,
  ...LIFE,
  ...LIST_WORDS,
  ...TOLD,
  ...SIGN_ON,
  ...ASKED,
}

/** The sentence of a key with its places filled. An unknown key shows itself, so that nothing is lost in silence. */
export const say = sayer(CATALOGUE)
