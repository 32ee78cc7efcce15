"""The reader's theme: ``templates/`` print views and nothing else, ``static/`` is one stylesheet and the logo."""
