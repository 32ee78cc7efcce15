const words = {
  began: {{ _("Began at")|tojson }},
  repeat: {{ (", " ~ _("repeat"))|tojson }},
  here: {{ _("Listen now")|tojson }},
  listen: [{{ _("Listen live")|tojson }}, {{ _("Listen live in less data")|tojson }}],
  rate: {{ _(", about 0 MB an hour")|tojson }},
  silent: {{ _("The stream does not answer. Try again in a while, or listen on the radio.")|tojson }}
};
{% include "scripts/live.js" %}
