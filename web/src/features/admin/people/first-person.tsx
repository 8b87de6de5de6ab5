import { useState } from "react";
import { useMeta } from "@/api/meta";
import { DepartmentDialog } from "./department-dialog";
import type { OncePassword } from "./once-dialog";
import { PersonForm } from "./person-form";

type Props = {
  role: string;
  onClose: () => void;
  onOnce: (once: OncePassword) => void;
};

/** A colleague for who has none yet: where there is no department one is made first, and then he in it. */
export function FirstPerson({ role, onClose, onOnce }: Props) {
  const { departments, roles, user } = useMeta();
  const [made, setMade] = useState<number | null>(null);
  const [first] = departments;
  const department = made ?? user.department ?? first?.id ?? null;
  if (department === null)
    return <DepartmentDialog act={{ kind: "new", parent: null }} onClose={onClose} onMade={setMade} />;
  const known = roles.some(({ key }) => key === role) ? [role] : [];
  return <PersonForm account={null} department={department} roles={known} onClose={onClose} onOnce={onOnce} />;
}
