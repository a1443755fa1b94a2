"""Imports the spreadsheets and e-mails of an office, as a mapping says what their columns mean."""
