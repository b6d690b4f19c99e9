/** Why an act was refused: what happened, that nothing was lost, and the way on. */
export const REFUSALS: Record<string, string> = {
  "not-found":
    "There is nothing here that you may read. If you expected something, ask the administrator which entity you belong to.",
  "not-found.door": "There is no such address here. What a page can do, the same address under /api/v1/ can.",
  "not-found.sample":
    "This server has no sample company, or it is not filled yet. Whoever runs it does that by npm start -- --sample.",
  "invalid.instant": "That is no instant: write it as 2026-03-31T12:00:00Z, or as a day, 2026-03-31. Nothing was made.",
  "invalid.register-empty":
    "There is nothing in the register to export yet: its first event has not happened. Come back after the first request is in force.",
  "not-allowed.sign-in": "You are not signed in, or your session ended. Nothing was changed; sign in and go on.",
  "not-allowed.role": "Your roles do not cover this. Nothing was changed; an administrator can say who may.",
  "not-allowed.needs-person":
    "This takes a person: sign in, or give that person's token in ONWARD_TOKEN. Nothing was changed.",
  "not-allowed.not-own": "Only who began this request may do that. Nothing was changed; comment on it instead.",
  "not-allowed.author": "You made or edited this request, so somebody else decides it. Nothing was changed.",
  "not-allowed.seated":
    "You have decided in this request, so you cannot edit it. Nothing was changed; leave a comment instead.",
  "not-allowed.second-seat":
    "You have decided another stage of this request; this stage needs somebody else. Nothing was changed.",
  "not-allowed.no-such-stage": "This revision does not need that stage. Reload the request to see who decides.",
  "not-allowed.adviser-sends-back":
    "This seat advises, and only a seat that decides sends a part back. Nothing was changed; say in your advice what should go.",
  "not-allowed.other-company":
    "Part of this belongs to a company in which you have no such seat. Nothing was changed; choose what is your company's.",
  "not-allowed.rewrite":
    "What stands in the register is superseded, never rewritten. Nothing was changed; file a request.",
  "not-allowed.legal-advice":
    "Only legal and the data-protection officer mark a comment as legal advice. Nothing was saved; send it without the mark.",
  "not-allowed.own-grant": "Nobody gives a role to themselves. Nothing was changed; ask another administrator.",
  "not-allowed.own-confirmation":
    "Another administrator than the one who gave the role confirms it. Nothing was changed.",
  "not-allowed.administrator-decides":
    "Nobody is administrator and decides at once. Nothing was changed; take the other role back first.",
  "not-allowed.last-administrator": "This is the last administrator; make another one first. Nothing was changed.",
  "not-allowed.own-reset":
    "Nobody makes a new-password link for themselves. Nothing was changed; change your password on your account page.",
  "not-allowed.reset-operator":
    "This takes a second administrator, and there is none. Nothing was changed; let the operator of the machine run: npm run onward -- user reset-link ADDRESS.",
  "not-allowed.own-account": "You cannot shut your own account. Nothing was changed; ask another administrator.",
  "not-allowed.wait": "Too many tries. Wait {seconds} seconds and try again.",
  "not-allowed.foreign-origin":
    "This was sent from another site, so it was not taken. Nothing was changed; open Onward itself and try there.",
  "not-allowed.prove":
    "You typed your password more than five minutes ago, and this act asks for it again. Nothing was lost: type it here and send once more.",
  "not-allowed.no-password": "There is no password to type here: sign in with one. Nothing was changed.",
  "invalid.own-password": "That is not your password. Nothing was changed; type it again.",
  "not-allowed.take-for-others":
    "You can see to it yourself; giving it to somebody else takes procurement, legal or the data-protection officer. Nothing was changed.",
  "conflict.not-taken": "Nobody sees to this, so there is nothing to lay down. Reload to see where it stands.",
  "conflict.nothing-to-take": "This is not found wanting any more. Reload to see where it stands.",
  "invalid.take-day": "Name the day by which you see to it. Nothing was changed.",
  "invalid.take-past": "That day is over. Name today or a later day.",
  "invalid.take-owner": "That person cannot see this record, so they cannot see to it. Name somebody else.",
  "conflict.in-turn":
    "Another large request is being worked on, and yours did not get its turn within a minute. Nothing was lost; try again in a minute.",
  "conflict.busy": "Somebody else is changing the same thing right now. Nothing was lost; try again.",
  "conflict.moved":
    "What this stands on has changed meanwhile. Nothing was lost; reload, look at both sides, and bring the request up to date.",
  "conflict.ended-underneath":
    "The record has ended meanwhile, so there is nothing to lay this on. Take the proposal out of the request.",
  "conflict.import-busy": "This import is being read, or is a request already. Reload to see where it stands.",
  "not-allowed.not-a-sample": "This is the real register: the sample company never enters it. Nothing was changed.",
  "conflict.line-broke":
    "Something broke on our side while this one was decided. Nothing of it was changed: open it, and decide it there.",
  "conflict.exists": "This record is in force already; propose a change of it instead.",
  "conflict.thread": "Somebody did that just now. Reload to see how the thread stands.",
  "conflict.condition": "The condition stands otherwise by now. Reload to see how.",
  "conflict.condition-gone": "The decision that asked for it counts no more, so there is nothing to meet.",
  "not-allowed.condition-owner": "Only who is named in the condition can say that it is met.",
  "not-allowed.condition-own": "Somebody else confirms it: nobody confirms a condition of their own.",
  "invalid.comment-place": "That is no record or field of this request. Comment on the request as a whole instead.",
  "not-allowed.condition-absent":
    "The person for whom you would do it answers for the condition, said that it is met, or wrote the request.",
  "not-allowed.condition-giver":
    "Whoever asked for the condition, or a data-protection officer of the company, gives it to somebody else.",
  "invalid.condition-same": "That person answers for it already.",
  "invalid.condition-files": "Lay at most ten files there, each one that you sent yourself.",
  "invalid.no-conditions-here": "Conditions belong to a yes: approve or agree with conditions.",
  "invalid.condition-words": "Say what is to be done.",
  "invalid.condition-owner": "Choose somebody who may read this request.",
  "invalid.condition-day": "Give a day from today on.",
  "invalid.condition-evidence": "Say what meets it, and where that can be seen.",
  "conflict.stage-taken": "This stage is decided already. Reload to see by whom.",
  "conflict.not-in-review": "This request is not in review, so nothing can be decided. Reload to see where it stands.",
  "conflict.other-content":
    "The request was changed after you opened it, so your decision was not taken. Reload and look at what is new.",
  "conflict.legal-first": "The second lawyer decides after the first. Nothing was changed.",
  "conflict.not-a-draft": "This request is being looked at and cannot be edited. Take it back into the draft first.",
  "conflict.already-ended": "This request has ended. Nothing was changed; begin a new one.",
  "conflict.not-submitted": "Nobody else sees a draft, so there is nobody to comment to. Submit it first.",
  "conflict.email-taken": "An account with this address exists already. Nothing was changed.",
  "conflict.already-disabled": "This account is shut already.",
  "conflict.already-granted": "This person has that role there already. Nothing was changed.",
  "conflict.already-revoked": "This role was taken back already.",
  "conflict.nothing-to-confirm": "This role waits for no confirmation.",
  "conflict.refers-to-nothing":
    "A record that this refers to does not exist in the register. Nothing was changed; propose it in the same request.",
  "conflict.register-not-empty":
    "This register holds data already, and a backup is restored into an empty one only. Nothing was changed; name an empty folder in ONWARD_DATA.",
  "blocked.elsewhere":
    "Something blocks this in a company that you do not see. Whoever asked for it, and whoever decides for that company, is shown what to do.",
  "blocked.findings":
    "This cannot be approved yet: a clause is not evidenced. Nothing was changed; complete the record, or refuse the request.",
  "conflict.intake-moved":
    "Another tab or browser saved these answers meanwhile. Nothing was overwritten: what you typed is here, what was saved stands below it.",
  "conflict.intake-submitted": "The request was submitted: its answers stand. Change it by its fields.",
  "conflict.intake-made": "A request was made of it already: withdraw that one.",
  "conflict.intake-kind":
    "The draft was made to record what runs, and the answers now ask for an approval, or the other way round. Withdraw the draft and make it anew.",
  "invalid.form": "Something needs mending. Nothing was lost.",
  "invalid.value": "This does not fit here: {detail}",
  "invalid.required": "Fill this in.",
  "invalid.day": "This is no day that exists: write it as 2026-03-31.",
  "invalid.range": "This is out of range.",
  "invalid.number": "Type a whole number.",
  "invalid.choice": "Choose one of the list.",
  "pack.shape": "The pack cannot be read here: {why}.",
  "pack.check": "There is no check called {check}.",
  "pack.overlap": "Two texts of {id} would hold on the same day.",
  "pack.days": "The last day of {id} comes before its first, or is no day.",
  "pack.country": "{country} is no country.",
  "pack.cycle": "The versions replace each other in a circle ({version}).",
  "pack.replaces": "There is no version {version} that it could replace.",
  "pack.earlier": "It would begin before {day}, the first day of version {version}.",
  "pack.parameter": "This is out of range: {why}.",
  "pack.unverified": "{id} is not verified: it may warn, not block.",
  "invalid.country": "This is no country code: two capital letters such as DE.",
  "invalid.tooLong": "This is too long; shorten it.",
  "invalid.withheld":
    "This names a record that you may not read. It stays as it is: leave every place that says so where it was. Nothing was saved.",
  "invalid.id": "This is not the number of a record here.",
  "invalid.hash": "The decision carries no content. Reload the request.",
  "invalid.zone": "This is no time zone: write one such as Europe/Dublin.",
  "invalid.email": "This is no e-mail address.",
  "invalid.entity": "This company is not registered. An administrator adds it first.",
  "invalid.nothing-proposed": "The request proposes nothing yet. Add a party, a sharing or another record first.",
  "invalid.proposal": "This part of the request has not its right form; open it and save it again.",
  "invalid.discovered-only":
    "What was found running is recorded as new sharings, their parties and the demands they answer, only. Nothing was recorded; file the rest as a request of its own.",
  "invalid.reason": "Say why.",
  "invalid.intake-firm": "This has to be answered before anything else.",
  "invalid.intake-most": "Those are too many: choose fewer.",
  "invalid.intake-after-today": "This day lies after today.",
  "invalid.found-early": "Nothing is found running since before 1995. Look at the year.",
  "invalid.intake-before-today": "This day has passed.",
  "invalid.intake-entity": "Choose one of the companies that you may ask for.",
  "invalid.intake-record": "That is not in the register, or is not yours to see.",
  "invalid.intakes-many": "You have {n} unfinished ones. Throw some away first.",
  "invalid.intake-decided":
    "It is decided already what reaches this party. Ask for the flows to be ended instead; nothing was made.",
  "invalid.intake-known": "It is decided already what reaches this party: choose one of the other answers.",
  "invalid.intake-nothing": "Say first which company of ours, and to whom. Nothing was made.",
  "invalid.only-imports-part":
    "Only an import is sent back in parts: elsewhere what is proposed belongs together. Ask for changes instead.",
  "invalid.review-passed": "The day of review lies in the past. Name one to come.",
  "invalid.no-suppliers":
    "None of these is a supplier of whom nothing is decided yet. Nothing was begun; choose others.",
  "conflict.selection-moved":
    "What was chosen is no longer what you saw: somebody decided some of it meanwhile. Nothing was begun; look at the count and send again.",
  "invalid.nothing-chosen": "Nothing was chosen. Tick some lines, or filter and take all that match.",
  "invalid.nothing-stays": "Nothing would stay under review. Ask for changes of the whole request instead.",
  "invalid.reason-against-advice":
    "The data-protection officer advised against this: say why it goes ahead all the same.",
  "invalid.advise-only": "This seat advises: agree, agree with conditions, or advise against.",
  "invalid.decide-only": "This seat decides: approve, ask for changes, or refuse.",
  "invalid.sign-in": "Address and password do not fit together. Try again, or ask an administrator for a new link.",
  "invalid.code":
    "That is not the code of the second administrator for this link. Nothing was changed; ask them for it.",
  "invalid.link": "This link was used already or is over. Ask an administrator for a new one.",
  "invalid.password-short": "Use at least 15 characters; a few words in a row are good.",
  "invalid.password-long": "Use at most 256 characters.",
  "invalid.password-common": "This password is widely used or easy to guess. Choose another.",
  "invalid.password-own": "This is made of your own name or address. Choose another.",
  "invalid.file-too-large": "The file is larger than {limit} MB. Nothing was kept; send a smaller one.",
  "invalid.file-empty": "The file is empty. Nothing was kept.",
  "invalid.file-type": "A file of this kind ({type}) is not taken here. Nothing was kept.",
  "invalid.files-per-day": "You have sent as much as one person may in a day. Nothing was kept; go on tomorrow.",
  "invalid.backup": "The backup was not restored: {detail}. Nothing was changed.",
  "invalid.body": "What was sent could not be read. Nothing was changed.",
}
