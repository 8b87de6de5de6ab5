import i18next from "i18next";
import { problemOf, Unreachable } from "./errors";
import { noteServerDate } from "./server-clock";

export const ROOT = "/api/v1";
const READS = new Set(["GET", "HEAD"]);

type Query = Record<string, string | number | boolean | null | undefined>;
type Asked = { query?: Query; body?: unknown; signal?: AbortSignal; headers?: Record<string, string> };

let csrf = "";

/** Kept in memory only: whoever can read it there can act as the user anyway. */
export function rememberCsrf(token: string): void {
  csrf = token;
}

/** Address of a call, with the parameters that are set. */
export function address(path: string, query: Query = {}): string {
  const set = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const search = new URLSearchParams(set.map(([key, value]) => [key, String(value)])).toString();
  return `${ROOT}${path}${search ? `?${search}` : ""}`;
}

/** One call of the API. Raises ApiError for what the server refuses, Unreachable when it cannot be asked. */
export async function call<T>(method: string, path: string, asked: Asked = {}): Promise<T> {
  const response = await reach(address(path, asked.query), {
    method,
    headers: headersOf(method, asked),
    body: bodyOf(asked.body),
    signal: asked.signal ?? null,
    credentials: "same-origin",
  });
  noteServerDate(response.headers.get("Date"));
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Unreachable(error);
  }
}

export function headersOf(method: string, asked: Asked): Record<string, string> {
  return {
    Accept: "application/json",
    "Accept-Language": i18next.language ?? "zh",
    ...(READS.has(method) || !csrf ? {} : { "X-CSRF": csrf }),
    ...(asked.body === undefined || asked.body instanceof FormData ? {} : { "Content-Type": "application/json" }),
    ...asked.headers,
  };
}

function bodyOf(body: unknown): BodyInit | null {
  if (body === undefined) return null;
  return body instanceof FormData ? body : JSON.stringify(body);
}
