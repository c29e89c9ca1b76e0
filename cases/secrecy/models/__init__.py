"""Respondents, requests for less secrecy, persons named to contact the citizen, questions passed on."""
