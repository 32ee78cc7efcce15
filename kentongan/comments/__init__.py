"""What readers write: kept in the database, held until somebody of the office has read it, baked into pages."""
