// Intelligence in the schema, imported for its effect on the builder: sets → their mutations → hits → previews → insights
// → the model that may draw them → topics.
import './schema/keyword-set.ts';
import './schema/keyword-mutations.ts';
import './schema/keyword-hit.ts';
import './schema/keyword-preview.ts';
import './schema/insight.ts';
import './schema/call-insights.ts';
import './schema/assist-model.ts';
import './schema/model-requests.ts';
import './schema/coaching-rubric.ts';
import './schema/coaching-trend.ts';
import './schema/follow-up-email.ts';
import './schema/lead-insight.ts';
import './schema/action-task.ts';
import './schema/action-tasks.ts';
import './schema/update-insight.ts';
import './schema/topics.ts';
