/** Somewhere to go, or something to do, that is found by its words. */
export type Command = {
  key: string;
  kind: "page" | "action" | "record";
  name: string;
  /** Beside the name: the table, what it is good for. */
  note?: string;
  icon: string;
  /** Other words it is found by, such as its name in the other language. */
  words?: string;
  run: () => void;
};

const MOST = 8;

/** Those whose words begin with what was typed, then those that hold it; all of them when nothing was typed. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const text = typed.trim().toLowerCase();
  if (!text) return commands.slice(0, MOST);
  const rank = ({ name, words = "" }: Command) => {
    const [own, other] = [name.toLowerCase(), words.toLowerCase()];
    if (own.startsWith(text)) return 0;
    if (own.includes(text)) return 1;
    return other.includes(text) ? 2 : 3;
  };
  return commands
    .map((command, at) => ({ command, at, rank: rank(command) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .slice(0, MOST)
    .map(({ command }) => command);
}
