import { defineWidget, type InputProps } from "../field";
import { LinkCell } from "../link-cell";
import { LinkPicker } from "../link-picker";

const Edit = (props: InputProps) => <LinkPicker {...props} many={false} />;

export default defineWidget({ widget: "link", width: 160, Cell: LinkCell, Input: Edit });
