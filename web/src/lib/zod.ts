import { z } from "zod";

// The compiled parsers are built with `new Function`, which our content security policy refuses.
z.config({ jitless: true });

export { z };
