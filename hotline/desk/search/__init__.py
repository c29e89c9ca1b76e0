"""The search of members of staff: filters left, hits with marks, counts that are true for them."""
