const LONGEST_MS = 300;

/** Until what was just drawn is on the screen; in a tab nobody looks at, where nothing is painted, for a moment. */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_MS);
    requestAnimationFrame(() =>
      setTimeout(() => {
        clearTimeout(timer);
        resolve();
      }),
    );
  });
