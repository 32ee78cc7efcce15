{% include "scripts/comments.js" %}
