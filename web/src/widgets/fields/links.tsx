import { defineWidget, type InputProps } from "../field";
import { LinkCell } from "../link-cell";
import { LinkPicker } from "../link-picker";

const Edit = (props: InputProps) => <LinkPicker {...props} many />;

export default defineWidget({ widget: "links", width: 200, wide: true, Cell: LinkCell, Input: Edit });
