(() => {
const title = {{ _("Broadcast schedule: %(name)s", name=page.name)|tojson }};
{% include "scripts/embedding.js" %}
})();
