import type AppContext from "antd/es/app/context";
import type { ContextType } from "react";

/** What pages say: short messages, notices that stay, questions. */
export type Voices = ContextType<typeof AppContext>;

export type Late = { voices: Voices; onReady: (real: Voices) => void };

/** Voices that may be used before they are there: what is said meanwhile is said then. */
export function lateVoices(onWanted: () => void): Late {
  let ready: Voices | null = null;
  const waiting: ((real: Voices) => void)[] = [];
  const voice = <Kind extends keyof Voices>(kind: Kind): Voices[Kind] =>
    new Proxy({} as Voices[Kind], {
      get: (_, name) => {
        if (ready) return Reflect.get(ready[kind], name);
        return (...said: unknown[]) => {
          onWanted();
          waiting.push((real) => (Reflect.get(real[kind], name) as (...said: unknown[]) => void)(...said));
        };
      },
    });
  return {
    voices: { message: voice("message"), notification: voice("notification"), modal: voice("modal") },
    onReady: (real) => {
      ready = real;
      for (const say of waiting.splice(0)) say(real);
    },
  };
}
