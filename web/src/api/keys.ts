/** Query keys that more than one room needs. A feature's own keys stand in its `api.ts`. */
export const sessionKey = ["session"] as const;
/** True once a session has ended by itself, so that the log-in page can say so. */
export const expiredKey = ["expired"] as const;
export const metaKey = ["meta"] as const;

/** Everything cached about the records of one table hangs below this. */
export const recordsKey = (table: string) => ["records", table] as const;
export const recordKey = (table: string, id: number) => ["records", table, "one", id] as const;
/** Everything about my telephone line hangs below this. */
export const callsKey = ["calls"] as const;
export const noticesKey = ["notices"] as const;
export const flowsKey = ["flows"] as const;
export const checklistsKey = ["checklists"] as const;
export const dashboardsKey = ["dashboards"] as const;
