"""The parts of a recording as JSON Chapters 1.2 (Podcasting 2.0), which apps fetch while they play."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import ClassVar

from kentongan.model import Episode
from kentongan.schedule.wording import label, one_line, program_name
from kentongan.site import Site


@dataclass(frozen=True, slots=True)
class ChapterList:
    """``chapters`` are pairs of a start in seconds and a title, in the order they are heard."""

    media_type: ClassVar[str] = "application/json+chapters"

    title: str
    program: str
    chapters: tuple[tuple[int, str], ...]


def chapter_list(site: Site, episode: Episode) -> ChapterList | None:
    """The chapters of *episode* whose start lies in its recording, each start once; ``None``: there are none."""
    sound = site.sound(episode.audio)
    length = sound.seconds if sound else None
    starts = {chapter.start: one_line(chapter.title) for chapter in reversed(episode.chapters)}
    within = tuple((start, starts[start]) for start in sorted(starts) if length is None or start < length)
    if sound is None or not within:
        return None
    return ChapterList(label(episode), program_name(site, episode.program), within)


def render_chapters(view: ChapterList) -> bytes:
    """*view* as JSON in UTF-8."""
    data = {
        "version": "1.2.0",
        "title": view.title,
        "podcastName": view.program,
        "chapters": [{"startTime": start, "title": title} for start, title in view.chapters],
    }
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
