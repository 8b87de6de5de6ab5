import "./mark.css";

/** Our sign: a contact history drawn as a voiceprint. */
export function Mark({ size = 36 }: { size?: number }) {
  return (
    <span className="mark" style={{ width: size, height: size }} aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  );
}
