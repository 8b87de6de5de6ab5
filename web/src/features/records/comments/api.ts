import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { recordKey } from "@/api/keys";
import { z } from "@/lib/zod";

const Comment = z.object({
  id: z.number(),
  text: z.string(),
  mentions: z.array(z.number()),
  by: z.number(),
  at: z.string(),
  edited_at: z.string().nullable(),
});
export type Comment = z.infer<typeof Comment>;

const Comments = z.object({ comments: z.array(Comment), next: z.string().nullable() });
const Readers = z.object({ people: z.array(z.object({ id: z.number(), name: z.string() })) });
export type Said = { text: string; mentions: number[] };

const at = (table: string, record: number, tail = "") => `/tables/${table}/records/${record}/comments${tail}`;
const key = (table: string, record: number) => [...recordKey(table, record), "comments"] as const;

/** What was said about a record, newest first. */
export const commentsQuery = (table: string, record: number) =>
  infiniteQueryOptions({
    queryKey: key(table, record),
    queryFn: async ({ pageParam, signal }) =>
      Comments.parse(await call("GET", at(table, record), { query: { before: pageParam }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });

/** Whom one can mention: who may read the record. */
export const readersQuery = (table: string, record: number, name: string) =>
  queryOptions({
    queryKey: [...key(table, record), "people", name],
    queryFn: async ({ signal }) =>
      Readers.parse(await call("GET", at(table, record, "/people"), { query: { name }, signal })).people,
    staleTime: 60_000,
  });

export const say = (table: string, record: number, said: Said) =>
  call<unknown>("POST", at(table, record), { body: said });

export const sayAnew = (table: string, record: number, id: number, said: Said) =>
  call<unknown>("PATCH", at(table, record, `/${id}`), { body: said });

export const takeBack = (table: string, record: number, id: number) =>
  call<unknown>("DELETE", at(table, record, `/${id}`));
