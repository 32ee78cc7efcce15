"""RSS, podcast RSS and Atom, by feedgen and an extension of it."""
