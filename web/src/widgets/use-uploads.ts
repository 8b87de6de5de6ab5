import { useEffect, useRef, useState } from "react";
import { type Stored, storedFrom } from "@/api/files";
import { sentenceOf } from "@/api/sentence";
import { upload } from "@/api/upload";

/** A file on its way; one that did not arrive stays, so that it can be sent again. */
export type Upload = { id: number; file: File; share: number; fault: string | null };

let counted = 0;

/** Sends files one by one; what breaks off is sent again by itself when the network is back. */
export function useUploads(onStored: (stored: Stored) => void) {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);
  const told = useRef(onStored);
  told.current = onStored;
  const gone = useRef(new AbortController());
  const put = (id: number, change: Partial<Upload>) =>
    setUploads((now) => now.map((one) => (one.id === id ? { ...one, ...change } : one)));

  const send = async ({ id, file }: Upload) => {
    put(id, { share: 0, fault: null });
    const body = new FormData();
    body.append("file", file);
    try {
      const sending = { onProgress: (share: number) => put(id, { share }), signal: gone.current.signal };
      told.current(storedFrom(await upload("/files", body, sending)));
      setUploads((now) => now.filter((one) => one.id !== id));
    } catch (error) {
      put(id, { fault: sentenceOf(error) });
    }
  };
  const add = async (files: readonly File[]) => {
    const fresh = files.map((file) => ({ id: ++counted, file, share: 0, fault: null }));
    setUploads((now) => [...now, ...fresh]);
    for (const one of fresh) await send(one);
  };
  const drop = (id: number) => setUploads((now) => now.filter((one) => one.id !== id));

  const again = useRef(async () => {});
  // One by one here too, so that photos stay in the order they were taken.
  again.current = async () => {
    for (const one of uploads) if (one.fault) await send(one);
  };
  useEffect(() => {
    const back = () => void again.current();
    window.addEventListener("online", back);
    return () => window.removeEventListener("online", back);
  }, []);
  return { uploads, add, send, drop };
}
