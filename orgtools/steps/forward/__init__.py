"""The steps of the way out of the source and into the destination."""
