import { initial } from "@/lib/format";
import "./avatar.css";

type Props = { name: string; size?: 34 | 44 | 52; look?: "quiet" | "strong" | "late" };

/** The first sign of a name on a rounded square. */
export function Avatar({ name, size = 34, look = "quiet" }: Props) {
  return (
    <span className={`avatar ${look}`} style={{ width: size, height: size, fontSize: size * 0.42 }} aria-hidden="true">
      {initial(name)}
    </span>
  );
}
