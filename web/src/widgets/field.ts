import type { ComponentType } from "react";
import type { Field } from "@/api/meta";
import type { Aria } from "@/ui/labelled";

export type CellProps = {
  value: unknown;
  field: Field;
  /** Whether the whole value may take several lines; a grid cell is cut to one. */
  roomy?: boolean;
};

export type InputProps = {
  aria: Aria;
  value: unknown;
  field: Field;
  onChange: (value: unknown) => void;
  autoFocus?: boolean;
  size?: "small" | "large";
};

/** How the fields of one widget name look. A file of `widgets/fields/` has one of these as its default export. */
export type Widget = {
  /** The name field types give, such as `dropdown`. */
  widget: string;
  /** Width of a column that shows it, in px. */
  width: number;
  align?: "right";
  /** Takes a whole row of a form. */
  wide?: boolean;
  /** The value as it is read; never drawn for an empty one. */
  Cell: ComponentType<CellProps>;
  /** The value as it is edited. */
  Input: ComponentType<InputProps>;
};

export const defineWidget = (widget: Widget): Widget => widget;

/** Whether a value counts as nothing to show. */
export const isEmpty = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** A value from the wire as text; what is not text or a number becomes nothing. */
export const textOf = (value: unknown) =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
