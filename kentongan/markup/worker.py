"""The worker process: ``{"text": …}`` lines in, ``{"html": …}`` lines out. Its parent kills it when it is slow."""

from __future__ import annotations

import json
import resource
import sys

from markdown import Markdown

from kentongan.markup.convert import Dialect
from kentongan.markup.policy import clean

MAX_HTML = 4_000_000
"""Characters of HTML that one text may become; a few kilobytes of Markdown can unfold to gigabytes."""

MAX_MEMORY = 1_000_000_000


def main(extensions: str) -> None:
    """Serves until standard input ends. *extensions* is :attr:`Dialect.extensions`."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    dialect = Dialect(extensions)
    converter = dialect.converter()
    answers = sys.stdout
    answers.write("ready\n")  # the limit on a text must not count how long it takes to start
    answers.flush()
    sys.stdout = sys.stderr  # an extension that prints must not break the protocol
    for line in sys.stdin:
        html = _html(converter, json.loads(line)["text"])
        if html is None:
            converter = dialect.converter()  # one that failed half-way reads the next text wrongly
        answers.write(json.dumps({"html": html}) + "\n")
        answers.flush()


def _html(converter: Markdown, text: str) -> str | None:
    """The HTML, or none for a text that no page can be made of: too deep, too large, or a fault of an extension."""
    try:
        html = converter.reset().convert(text)
        return clean(html) if len(html) <= MAX_HTML else None
    except Exception as error:
        print(f"markdown: {type(error).__name__}: {error}", file=sys.stderr)
        return None


if __name__ == "__main__":
    main(sys.argv[1])
