"""What is counted of a running router, and how the metrics page shows it."""
