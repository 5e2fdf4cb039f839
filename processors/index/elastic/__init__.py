"""The Elasticsearch index: templates with strict mappings, aliases, bulk with back-off."""
