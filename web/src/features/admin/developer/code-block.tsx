/** Code or JSON as it is, to read and to select. */
export function CodeBlock({ label, text, tall }: { label: string; text: string; tall?: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={tall ? "developer-code tall" : "developer-code"} tabIndex={0} aria-label={label}>
      <pre>{text}</pre>
    </section>
  );
}
