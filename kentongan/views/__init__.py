"""What a template may see: small frozen values that hold exactly what a page prints."""
