"""What the office writes on its site: pages, their editors, and what it promises on them."""
