"""The form of the website, the progress page and what a citizen does there."""
