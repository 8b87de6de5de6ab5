import type { Texts } from "../zh";

export const comments: Texts["comments"] = {
  title: "Comment",
  write: "Write a comment",
  hint: "Comment; type @ to mention somebody",
  nobody: "Nobody by that name may see this record",
  send: "Send",
  edit: "Edit",
  edited: "edited",
  removeTitle: "Delete this comment?",
};
