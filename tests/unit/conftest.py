"""Text that no feed and no calendar may stumble over."""

import pytest

_CARRIED = "]]> <script>alert(1)</script> & \"'` {title} %s \U0001f99c;,\\n"


@pytest.fixture
def hostile():
    """Markup, escapes and format places, and characters that neither XML nor iCalendar may hold."""
    return "\x84" + _CARRIED.replace("&", "\x85\x9f&") + "\u2028"


@pytest.fixture
def printable():
    """What is left of ``hostile`` on one line."""
    return _CARRIED
