import { address, headersOf } from "./client";
import { problemOf, Unreachable } from "./errors";

type Sending = { onProgress: (share: number) => void; signal: AbortSignal };

/** Sends a form with a large file and tells how much of it is on the way: `fetch` cannot. Raises as `call` does. */
export function upload(path: string, body: FormData, { onProgress, signal }: Sending): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address(path));
    for (const [name, value] of Object.entries(headersOf("POST", { body }))) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = new Response(request.responseText || null, { status: request.status });
      if (answer.ok) resolve(answer.json());
      else problemOf(answer).then(reject);
    };
    request.onerror = () => reject(new Unreachable(request.status));
    request.onabort = () => reject(new DOMException("Aborted", "AbortError"));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(body);
  });
}
