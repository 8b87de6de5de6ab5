const LONGEST_MS = 2_000;

let holding = 0;
const waiting = new Set<() => void>();

/**
 * What the live connection tells is taken in later: while somebody waits for a screen, the answers that outdated records
 * set off must not come before it. The result lets go; after a moment it happens by itself.
 */
export function hold(): () => void {
  holding += 1;
  let isOver = false;
  const letGo = () => {
    if (isOver) return;
    isOver = true;
    clearTimeout(timer);
    holding -= 1;
    if (holding > 0) return;
    for (const act of waiting) act();
    waiting.clear();
  };
  const timer = setTimeout(letGo, LONGEST_MS);
  return letGo;
}

/** Now, or when the last one has let go; the same act is done once. */
export function whenFree(act: () => void): void {
  if (holding === 0) act();
  else waiting.add(act);
}
