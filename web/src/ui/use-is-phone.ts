import { useMedia } from "./use-media";

/** Whether the screen is as narrow as a phone's. */
export const useIsPhone = () => useMedia("(max-width: 720px)");
