"""How fast documents get into the search index and out of it."""
