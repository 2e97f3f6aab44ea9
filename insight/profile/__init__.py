"""All facts about one force, read once."""
