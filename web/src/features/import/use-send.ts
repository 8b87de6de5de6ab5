import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { Table } from "@/api/meta";
import { sendFile } from "./api";
import type { Options } from "./options";

/** Bytes the server takes. */
export const LARGEST = 512 * 1024 * 1024;

/** Sends the chosen file; tells which one it is and how much of it has gone. */
export function useSend(table: Table, options: Options, onSent: (check: number) => void) {
  const [share, setShare] = useState(0);
  const breaker = useRef<AbortController | null>(null);
  const { mutate, reset, variables, isPending, error } = useMutation({
    mutationFn: (file: File) => {
      const breaking = new AbortController();
      breaker.current = breaking;
      setShare(0);
      return sendFile(table, file, options, { onProgress: setShare, signal: breaking.signal });
    },
    onSuccess: onSent,
  });
  const cancel = () => {
    breaker.current?.abort();
    reset();
  };
  return {
    send: (file: File) => mutate(file),
    cancel,
    reset,
    file: variables ?? null,
    isSending: isPending,
    share,
    error,
  };
}
