"""From written nodes to checked rules: names found, values checked, steps in their places."""
