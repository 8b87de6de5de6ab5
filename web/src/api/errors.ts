import { z } from "@/lib/zod";

const Problem = z.looseObject({
  type: z.string().default("about:blank"),
  title: z.string().default(""),
  status: z.number(),
  detail: z.string().default(""),
  fields: z.record(z.string(), z.string()).optional(),
});

/** What the server said is wrong, as RFC 9457 carries it: a sentence for people and facts for the screen. */
export class ApiError extends Error {
  readonly status: number;
  readonly slug: string;
  readonly detail: string;
  /** Fault of each field, in words. */
  readonly fields: Record<string, string>;
  readonly facts: Record<string, unknown>;

  constructor(status: number, slug: string, title: string, detail: string, facts: Record<string, unknown> = {}) {
    super(detail || title);
    this.name = "ApiError";
    this.status = status;
    this.slug = slug;
    this.detail = detail || title;
    this.fields = Problem.shape.fields.safeParse(facts.fields).data ?? {};
    this.facts = facts;
  }
}

/** The server could not be asked at all. */
export class Unreachable extends Error {
  constructor(cause: unknown) {
    super("unreachable", { cause });
    this.name = "Unreachable";
  }
}

export async function problemOf(response: Response): Promise<ApiError> {
  const parsed = Problem.safeParse(await response.json().catch(() => null));
  if (!parsed.success) return new ApiError(response.status, "internal", response.statusText, "");
  const { type, title, status, detail, ...facts } = parsed.data;
  return new ApiError(status, type.split("/").at(-1) ?? "internal", title, detail, facts);
}

export const isSignedOut = (error: unknown) => error instanceof ApiError && error.status === 401;
