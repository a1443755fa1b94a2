"""Imports the immigration courts' public dump: cases of unaccompanied juveniles, with their hearings and orders."""
