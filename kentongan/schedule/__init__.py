"""Dated broadcasts, weeks, and calendars of them."""

from kentongan.schedule.broadcast import Broadcast, Broadcasts, State, next_boundary, state_of
from kentongan.schedule.broadcasts import broadcasts, broadcasts_between, broadcasts_of, episode_of, episodes_on
from kentongan.schedule.week import Week

__all__ = [
    "Broadcast",
    "Broadcasts",
    "State",
    "Week",
    "broadcasts",
    "broadcasts_between",
    "broadcasts_of",
    "episode_of",
    "episodes_on",
    "next_boundary",
    "state_of",
]
