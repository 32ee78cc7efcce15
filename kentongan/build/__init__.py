"""The plan of a build (which artifacts), the ledger (which changed), releases, the builder process's client."""
