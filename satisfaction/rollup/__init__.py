"""Months counted beforehand, kept true."""
