"""Text that no feed and no calendar may stumble over."""

import pytest


@pytest.fixture
def hostile():
    return "]]> <script>alert(1)</script> \x00\x0b\x1b\x85\ufffe & \"'` {title} %s \u2028\U0001f99c;,\\n"
