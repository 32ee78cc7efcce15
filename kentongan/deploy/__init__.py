"""Ships a release to where readers are: over rsync, rclone or git, in an order that no reader trips over."""

from kentongan.deploy.ship import Shipment, ship
from kentongan.deploy.targets import Target, read_target

__all__ = ["Shipment", "Target", "read_target", "ship"]
