"""A wave in one go: every account's whole way in one preview, under one approval."""
