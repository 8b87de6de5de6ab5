/** What browsers say when a part of the app cannot be loaded: Chromium, Firefox, Safari, and Vite about a style sheet. */
const SAID = /dynamically imported module|importing a module script failed|unable to preload css/i;

/** Whether a page could not be drawn because its file did not come: an upgrade took it away, or the network is gone. */
export const isMissingPart = (error: unknown) => error instanceof Error && SAID.test(error.message);
