"""What a reader takes away: files with their description, pictures of charts, the whole set."""
