"""The worker process: ``{"text": …}`` lines in, ``{"html": …}`` lines out. Its parent kills it when it is slow."""

from __future__ import annotations

import json
import sys

from kentongan.markup.convert import Dialect
from kentongan.markup.policy import clean


def main(extensions: str) -> None:
    """Serves until standard input ends. *extensions* is :attr:`Dialect.extensions`."""
    converter = Dialect(extensions).converter()
    answers = sys.stdout
    answers.write("ready\n")  # the limit on a text must not count how long it takes to start
    answers.flush()
    sys.stdout = sys.stderr  # an extension that prints must not break the protocol
    for line in sys.stdin:
        html = clean(converter.reset().convert(json.loads(line)["text"]))
        answers.write(json.dumps({"html": html}) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(sys.argv[1])
