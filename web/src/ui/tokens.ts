/** 墨青 — ink and celadon: paper ground, one accent, cinnabar only for danger and overdue, amber for due. */
export const light = {
  canvas: "#F5F4F0",
  surface: "#FFFFFF",
  sunken: "#FAF9F6",
  elevated: "#FFFFFF",
  line: "#E7E4DC",
  lineSoft: "#F0EEE8",
  ink: "#16211E",
  ink2: "#4A5753",
  ink3: "#5E6A66",
  rail: "#0F2622",
  railInk: "#B7C9C3",
  railOn: "#FFFFFF",
  primary: "#0B7A67",
  primarySoft: "#E3F3EE",
  primaryInk: "#075E50",
  onPrimary: "#FFFFFF",
  cinnabar: "#C8361F",
  cinnabarSoft: "#FCEBE6",
  amber: "#955400",
  amberSoft: "#FDF1DC",
  indigo: "#3454C4",
  indigoSoft: "#E9EDFB",
  violet: "#7A4BB5",
  violetSoft: "#F2EBFA",
};

export type Tokens = typeof light;

export const dark: Tokens = {
  canvas: "#0C1311",
  surface: "#141D1A",
  sunken: "#101816",
  elevated: "#1A2521",
  line: "#26322E",
  lineSoft: "#1D2824",
  ink: "#E8EEEB",
  ink2: "#B3C0BB",
  ink3: "#8C9A95",
  rail: "#081310",
  railInk: "#8FA39C",
  railOn: "#FFFFFF",
  primary: "#3CC2A3",
  primarySoft: "#12322B",
  primaryInk: "#7ADCC4",
  onPrimary: "#06231C",
  cinnabar: "#FF7A62",
  cinnabarSoft: "#3A1B15",
  amber: "#F0B04A",
  amberSoft: "#34260F",
  indigo: "#8FA6FF",
  indigoSoft: "#1B2444",
  violet: "#C3A0F0",
  violetSoft: "#2B1F3D",
};

export const font = `"Inter Variable", "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", system-ui, sans-serif`;

/** The colours a chip, an avatar or a timeline sign may have. */
export const TONES = ["jade", "indigo", "amber", "violet", "cinnabar", "grey"] as const;
export type Tone = (typeof TONES)[number];
