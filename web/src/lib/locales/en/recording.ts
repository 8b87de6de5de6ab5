import type { Texts } from "../zh";

export const recording: Texts["recording"] = {
  play: "Play recording",
  pause: "Pause",
  audited: "Play recording (each listening is on record)",
  place: "Place in the recording",
  speed: "Speed",
};
