/** A `Date` header counts whole seconds and takes a moment to arrive; less than this is no difference. */
const NOISE_MS = 2_000;

let ahead = 0;

/** Learns from an answer how far the server's clock is ahead of this machine's. */
export function noteServerDate(header: string | null, now = Date.now()): void {
  const told = header ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(told)) return;
  ahead = Math.abs(told - now) < NOISE_MS ? 0 : told - now;
}

/** Now by the server's clock: what it has stamped is compared with this, not with a clock somebody set by hand. */
export const serverNow = () => Date.now() + ahead;
