(() => {
const told = {{ page.timeline }};
const words = {
  language: {{ page.language|tojson }},
  onAir: {{ _("On air now")|tojson }},
  next: {{ _("Next on air")|tojson }},
  live: {{ page.live|tojson }}
};
{% include "scripts/clock.js" %}

{% include "scripts/now.js" %}

{% block more %}{% endblock %}
})();
