"""From the text of a file to the abstract syntax tree of each declaration."""
