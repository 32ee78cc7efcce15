"""Telling other machines of changes, signed as Standard Webhooks (standardwebhooks.com) asks for."""

from kentongan.webhooks.courier import Courier
from kentongan.webhooks.outbox import EVENTS, Webhooks, announce
from kentongan.webhooks.tables import Delivery, Webhook

__all__ = ["EVENTS", "Courier", "Delivery", "Webhook", "Webhooks", "announce"]
