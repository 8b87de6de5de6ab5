import { Input, type InputProps } from "antd";
import { useEffect, useRef, useState } from "react";
import { useComposing } from "./use-composing";
import { useSettled } from "./use-settled";

type Props = Omit<InputProps, "value" | "onChange"> & {
  value: string;
  /** Called once typing has settled, and never in the middle of a Chinese word. */
  onSettled: (text: string) => void;
  box?: React.Ref<HTMLInputElement>;
};

/** A line of text that acts by itself a moment after one stops typing. */
export function TextBox({ value, onSettled, box, ...rest }: Props) {
  const [text, setText] = useState(value);
  const [whole, setWhole] = useState(value);
  const { composing, handlers } = useComposing(setWhole);
  const settled = useSettled(whole);
  const told = useRef(value);
  const tell = useRef(onSettled);
  tell.current = onSettled;

  // The address changed under us (back button, another view): show what it says now.
  if (value !== told.current && value !== settled) {
    told.current = value;
    setText(value);
    setWhole(value);
  }
  useEffect(() => {
    if (settled === told.current) return;
    told.current = settled;
    tell.current(settled);
  }, [settled]);

  return (
    <Input
      {...rest}
      {...handlers}
      ref={(input) => {
        if (typeof box === "function") box(input?.input ?? null);
        else if (box) box.current = input?.input ?? null;
      }}
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        if (!composing.current) setWhole(event.target.value);
      }}
    />
  );
}
