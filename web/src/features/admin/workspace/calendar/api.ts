import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { z } from "@/lib/zod";
import { adminKey } from "../../use-write";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const Span = z.tuple([z.string(), z.string()]);
export type Span = z.infer<typeof Span>;

const SpecialDay = z.object({ day: z.string(), works: z.boolean(), own: z.boolean() });
export type SpecialDay = z.infer<typeof SpecialDay>;

const Year = z.object({ year: z.number(), provisional: z.boolean(), days: z.array(SpecialDay) });
export type Year = z.infer<typeof Year>;

const Calendar = z.object({
  /** A day off has no spans. */
  hours: z.record(z.enum(WEEKDAYS), z.array(Span)),
  holidays: z.array(z.string()),
  workdays: z.array(z.string()),
  years: z.array(Year),
});
export type Calendar = z.infer<typeof Calendar>;

export const calendarQuery = queryOptions({
  queryKey: [...adminKey, "calendar"],
  queryFn: async ({ signal }) => Calendar.parse(await call("GET", "/workspace/calendar", { signal })),
});

/** What people change of it; the years follow. */
export type Working = Pick<Calendar, "hours" | "holidays" | "workdays">;

export const changeCalendar = async (working: Working) =>
  Calendar.parse(await call("PATCH", "/workspace/calendar", { body: working }));
