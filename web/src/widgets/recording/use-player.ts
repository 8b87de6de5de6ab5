import { useEffect, useRef, useState } from "react";
import type { Leg } from "@/api/recordings";
import { store, stored } from "@/lib/stored";
import { z } from "@/lib/zod";
import { loadSound, type Sound } from "./sound";

export const SPEEDS = [1, 1.25, 1.5, 2] as const;
const SPEED = "tuoke.speed";

/** Whoever plays stops when another begins. */
let playing: HTMLAudioElement | null = null;

/** Plays the recording of a call. Nothing is loaded before it is asked for: each listening is written down. */
export function usePlayer(legs: readonly Leg[]) {
  const [sound, setSound] = useState<Sound | null>(null);
  const [state, setState] = useState<"still" | "loading" | "playing">("still");
  const [error, setError] = useState<unknown>(null);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState(() => stored(SPEED, z.union(SPEEDS.map((one) => z.literal(one)))) ?? 1);
  const audio = useRef<HTMLAudioElement | null>(null);
  const isGone = useRef(false);

  useEffect(() => {
    // Set here, not above: what is drawn twice in development must not count as gone.
    isGone.current = false;
    return () => {
      isGone.current = true;
      audio.current?.pause();
      if (audio.current) URL.revokeObjectURL(audio.current.src);
    };
  }, []);

  const start = (made: HTMLAudioElement) => {
    if (playing !== made) playing?.pause();
    playing = made;
    made.playbackRate = speed;
    void made.play().catch(setError);
  };
  const load = async () => {
    setState("loading");
    setError(null);
    try {
      const loaded = await loadSound(legs);
      if (isGone.current) return URL.revokeObjectURL(loaded.address);
      const made = new Audio(loaded.address);
      made.ontimeupdate = () => setAt(made.currentTime);
      made.onplay = () => setState("playing");
      made.onpause = () => setState("still");
      audio.current = made;
      setSound(loaded);
      start(made);
    } catch (failed) {
      setState("still");
      setError(failed);
    }
  };
  const toggle = () => {
    if (state === "loading") return;
    if (!audio.current) void load();
    else if (audio.current.paused) start(audio.current);
    else audio.current.pause();
  };
  const seek = (seconds: number) => {
    if (!audio.current || !sound) return;
    audio.current.currentTime = Math.max(0, Math.min(sound.seconds, seconds));
    setAt(audio.current.currentTime);
  };
  const faster = () => {
    const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length] ?? 1;
    setSpeed(next);
    store(SPEED, next);
    if (audio.current) audio.current.playbackRate = next;
  };
  return { sound, state, error, at, speed, toggle, seek, faster };
}
