"""The server: the public site's files, the admin, and later the API and the comment form."""
