"""Proofs too large for the tests: crash, soak, fuzz, load, large counts. Run by hand; what they found is in results/.

Each module has ``prove()``, which gives its facts, or raises where something does not hold.
"""
