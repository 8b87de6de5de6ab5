import { type Leg, readSound } from "@/api/recordings";
import { loudness, stereoWav } from "@/lib/wav";

/** As on a telephone line. */
const RATE = 8000;
export const BARS = 120;

export type Sound = { address: string; seconds: number; peaks: number[][] };

/** Loads all sides of a call and lays them side by side: one sound to be played, a line of loudness each to be drawn. */
export async function loadSound(legs: readonly Leg[]): Promise<Sound> {
  const sides = await Promise.all(legs.map(async (leg) => decoded(await readSound(leg))));
  const [left = new Float32Array(), right = left] = sides;
  const file = new Blob([stereoWav(left, right, RATE)], { type: "audio/wav" });
  return {
    address: URL.createObjectURL(file),
    seconds: Math.max(left.length, right.length) / RATE,
    peaks: sides.map((side) => loudness(side, BARS)),
  };
}

async function decoded(file: ArrayBuffer): Promise<Float32Array> {
  const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(file);
  return sound.getChannelData(0);
}
