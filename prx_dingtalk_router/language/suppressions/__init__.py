"""Comments that keep warnings of a line from being shown (language.md section 11)."""
