{% extends "now.js" %}
{% block more %}
{% include "scripts/player.js" %}
{% endblock %}
