"""Resolution measured on a month of generated reports whose truth is known."""
