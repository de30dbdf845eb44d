"""A workspace: looking at it, opening it, what it holds and what this node writes into its log."""
