"""Who complained stays unknown: respondent, levels, contact through the office, handling texts."""
