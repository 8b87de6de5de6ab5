import { ExamplesCard } from "./examples-card";
import { WebhooksCard } from "./webhooks-card";
import "./developer.css";

/** `/admin/api`: how other systems read, write and are told. */
export function DeveloperPage() {
  return (
    <div className="admin-body developer">
      <ExamplesCard />
      <WebhooksCard />
    </div>
  );
}
