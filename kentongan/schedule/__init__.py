"""Dated broadcasts, weeks, and calendars of them."""

from kentongan.schedule.broadcasts import Broadcast, State, broadcasts, broadcasts_of, next_boundary, state_of
from kentongan.schedule.week import Week

__all__ = ["Broadcast", "State", "Week", "broadcasts", "broadcasts_of", "next_boundary", "state_of"]
