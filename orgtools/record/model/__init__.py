"""All that a record tells."""
