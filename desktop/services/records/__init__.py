"""Reading records: names for ids, JSON files from users, values of visits and checklists as the office has them."""
