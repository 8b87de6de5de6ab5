import { useMutation, useQueryClient } from "@tanstack/react-query";
import { expiredKey, metaKey, sessionKey } from "@/api/keys";
import { logIn } from "@/api/session";
import { keepFirstPassword } from "./first-password";

/** Logs in; the page that was asked for appears by itself once the session is there. */
export function useLogIn() {
  const client = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) => logIn(email, password),
    onSuccess: (session, { password }) => {
      if (session.user.must_change_password) keepFirstPassword(password);
      client.removeQueries({ queryKey: expiredKey });
      client.removeQueries({ queryKey: metaKey });
      client.setQueryData(sessionKey, session);
    },
  });
  return { logIn: mutate, error, isPending };
}
