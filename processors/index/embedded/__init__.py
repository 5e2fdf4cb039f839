"""The embedded search index: tantivy, files in one folder, one writer at a time."""
