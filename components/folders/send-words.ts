import { say } from "@/components/words/catalogue"

/** The words of the form that sends files. Those with places to fill are filled in the browser. */
export const sendWords = (more: boolean) => ({
  choose: say("folder.choose"),
  help: say("folder.choose-help"),
  folder: say("folder.choose-folder"),
  send: say(more ? "folder.send-more" : "folder.send"),
  sending: say("folder.sending", { n: "{n}", all: "{all}", name: "{name}" }),
  some: say("folder.sent-some", { n: "{n}", failed: "{failed}" }),
})
