import { expect, test } from "vitest";
import type { Job } from "@/api/jobs";
import { atCheck, atJob, readPlace, stepOf } from "./steps";

const job = (state: Job["state"]): Job => ({ state, progress: 0 });
const at = (text: string) => readPlace(new URLSearchParams(text));

test("the wizard begins with a file", () => {
  expect(stepOf({ place: at(""), isChecked: false, job: undefined })).toBe("file");
});

test("a file that is still being looked at, or was refused, stays at its step", () => {
  expect(stepOf({ place: at("check=3"), isChecked: false, job: undefined })).toBe("file");
});

test("what was looked at once stays in sight while it is looked at again", () => {
  expect(stepOf({ place: at("check=4"), isChecked: true, job: undefined })).toBe("columns");
});

test("an import runs until it is over, also after a reload that knows nothing yet", () => {
  const place = at("job=9");
  expect(stepOf({ place, isChecked: false, job: undefined })).toBe("running");
  expect(stepOf({ place, isChecked: false, job: job("queued") })).toBe("running");
  expect(stepOf({ place, isChecked: false, job: job("running") })).toBe("running");
  expect(stepOf({ place, isChecked: false, job: job("done") })).toBe("result");
  expect(stepOf({ place, isChecked: false, job: job("failed") })).toBe("result");
});

test("the address names one of the two jobs and keeps the options only for the look", () => {
  const looked = atCheck(new URLSearchParams("job=2&mode=upsert"), 5);
  expect(String(looked)).toBe("mode=upsert&check=5");
  expect(String(atJob(6))).toBe("job=6");
});

test("numbers that are none count as absent", () => {
  expect(at("check=-1&job=1e9")).toEqual({ check: null, job: null });
  expect(at("check=0&job=99999999999999999999")).toEqual({ check: null, job: null });
});
