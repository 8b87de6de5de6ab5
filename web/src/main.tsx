import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { keepShell } from "./app/offline/register";
import { firstLanguage } from "./app/preferences";
import { Root } from "./app/root";
import { startLanguage } from "./lib/i18n";
import "./ui/font.css";
import "./ui/base.css";

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");

await startLanguage(firstLanguage());
createRoot(place).render(
  <StrictMode>
    <Root />
  </StrictMode>,
);
keepShell();
