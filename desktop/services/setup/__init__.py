"""Who takes part: making offices and laptops, enrolling and revoking nodes, persons and their pass phrases."""
