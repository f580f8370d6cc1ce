"""Regular expressions: one wrapper of RE2, and what is said of an expression that RE2 refuses."""
