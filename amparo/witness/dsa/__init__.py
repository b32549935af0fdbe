"""The moderation record: daily dumps of the DSA Transparency Database, added up into a small cube."""
