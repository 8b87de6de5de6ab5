let typed: string | null = null;

/** Keeps the one-time password just typed, so that it need not be typed again to replace it. Memory only. */
export function keepFirstPassword(password: string): void {
  typed = password;
}

export const firstPassword = () => typed;

export function forgetFirstPassword(): void {
  typed = null;
}
