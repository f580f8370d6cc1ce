"""Regular expressions: one wrapper of RE2, one syntax tree of its dialect, and what follows from the tree."""
