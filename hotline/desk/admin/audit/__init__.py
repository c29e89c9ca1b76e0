"""The audit administrator's screen: who changed accounts, who looked at personal data, who logged in."""
