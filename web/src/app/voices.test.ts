import { expect, test, vi } from "vitest";
import { lateVoices, type Voices } from "./voices";

test("what is said before the voices are there is said once they are, in its order", () => {
  const wanted = vi.fn();
  const { voices, onReady } = lateVoices(wanted);
  const said: string[] = [];
  const real = {
    message: { error: (text: string) => said.push(text), success: (text: string) => said.push(text) },
    notification: {},
    modal: { confirm: () => "a handle" },
  } as unknown as Voices;

  void voices.message.error("first");
  void voices.message.success("second");
  expect([said, wanted.mock.calls.length]).toEqual([[], 2]);
  onReady(real);
  void voices.message.error("third");

  expect(said).toEqual(["first", "second", "third"]);
  expect(voices.modal.confirm({})).toBe("a handle");
});
